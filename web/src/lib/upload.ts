import { fileUrl } from "./base";
import { Problem } from "./problem";

export interface UploadPart {
  number: number;
  url: string;
  /** The store has this part already. */
  arrived: boolean;
}

export interface UploadTicket {
  file_id: number;
  part_size_bytes: number;
  parts: UploadPart[];
}

const ATTEMPTS = 4;
const PARALLEL = 3;

/** Sends a file in parts to their signed addresses; a part that fails is sent again by itself. */
export async function uploadParts(
  file: Blob,
  ticket: UploadTicket,
  onProgress: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const sent = new Map<number, number>();
  const waiting = ticket.parts.filter((part) => !part.arrived);
  const report = (number: number, bytes: number) => {
    sent.set(number, bytes);
    const total = [...sent.values()].reduce((a, b) => a + b, 0);
    onProgress(file.size === 0 ? 1 : Math.min(1, total / file.size));
  };
  for (const { number } of ticket.parts.filter((part) => part.arrived)) {
    const start = (number - 1) * ticket.part_size_bytes;
    report(number, Math.min(ticket.part_size_bytes, file.size - start));
  }
  async function worker() {
    for (let part = waiting.shift(); part; part = waiting.shift()) {
      const current = part;
      const start = (current.number - 1) * ticket.part_size_bytes;
      const bytes = file.slice(start, start + ticket.part_size_bytes);
      await withRetry(() => putPart(current.url, bytes, (n) => report(current.number, n), signal));
    }
  }
  await Promise.all(Array.from({ length: Math.min(PARALLEL, waiting.length) }, worker));
}

async function withRetry(send: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send();
    } catch (error) {
      const status = error instanceof Problem ? error.status : 0;
      const final = status >= 400 && status < 500 && status !== 429;
      if (final || attempt >= ATTEMPTS || error instanceof DOMException) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** attempt));
    }
  }
}

// XMLHttpRequest, because fetch cannot say how much of a body has left the machine.
function putPart(
  url: string,
  bytes: Blob,
  onBytes: (sent: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open("PUT", fileUrl(url));
    xhr.upload.onprogress = (event) => onBytes(event.loaded);
    xhr.onload = () => {
      if (xhr.status < 300) {
        onBytes(bytes.size);
        resolve();
      } else {
        reject(problemOf(xhr));
      }
    };
    xhr.onerror = () => reject(new Problem(0, { detail: "" }));
    xhr.onabort = () => reject(new DOMException("Upload stopped", "AbortError"));
    signal?.addEventListener("abort", () => xhr.abort(), { once: true });
    xhr.send(bytes);
  });
}

function problemOf(xhr: XMLHttpRequest): Problem {
  try {
    return new Problem(xhr.status, JSON.parse(xhr.responseText));
  } catch {
    return new Problem(xhr.status, { title: xhr.statusText });
  }
}
