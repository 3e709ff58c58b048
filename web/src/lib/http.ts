import { apiUrl } from "./base";
import { Problem, type ProblemDocument } from "./problem";

export type QueryValue = string | number | boolean | null | undefined;

export interface RequestOptions {
  query?: Record<string, QueryValue>;
  /** A plain object is sent as JSON; FormData goes as it is. */
  body?: unknown;
  idempotencyKey?: string;
  signal?: AbortSignal;
  /** Goes on although the page that sends it is left. */
  keepalive?: boolean;
}

/** A keyset page as every list route answers it. */
export interface Page<T> {
  items: T[];
  next: string | null;
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

let csrfToken: string | undefined;
let onSignedOut: (() => void) | undefined;

/** The cookie session's token that unsafe requests must repeat. */
export function setCsrfToken(token: string | undefined): void {
  csrfToken = token;
}

/** Called when the server no longer knows the session, so that the page can ask to sign in again. */
export function setSignedOutHandler(handler: (() => void) | undefined): void {
  onSignedOut = handler;
}

export function withQuery(path: string, query?: Record<string, QueryValue>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== "") params.set(name, String(value));
  }
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}

async function send(method: Method, path: string, options: RequestOptions): Promise<Response> {
  const headers: Record<string, string> = { Accept: "application/json" };
  const isForm = options.body instanceof FormData;
  if (options.body !== undefined && !isForm) headers["Content-Type"] = "application/json";
  if (method !== "GET" && csrfToken) headers["X-CSRF-Token"] = csrfToken;
  // Every POST is safe to repeat: the server answers a key it has seen with its first answer.
  if (method === "POST") headers["Idempotency-Key"] = options.idempotencyKey ?? newKey();
  try {
    return await fetch(apiUrl(withQuery(path, options.query)), {
      method,
      headers,
      body: isForm ? (options.body as FormData) : jsonBody(options.body),
      signal: options.signal,
      keepalive: options.keepalive,
      credentials: "same-origin",
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Problem(0, { detail: "" });
  }
}

function jsonBody(body: unknown): string | undefined {
  return body === undefined ? undefined : JSON.stringify(body);
}

async function problemFrom(response: Response): Promise<Problem> {
  let document: ProblemDocument = { title: response.statusText };
  try {
    if (response.headers.get("Content-Type")?.includes("json")) document = await response.json();
  } catch {
    // A proxy may cut a body short; the status alone still says what happened.
  }
  const retryAfter = Number(response.headers.get("Retry-After"));
  return new Problem(response.status, document, retryAfter > 0 ? retryAfter : undefined);
}

export async function request<T>(
  method: Method,
  path: string,
  options: RequestOptions = {},
): Promise<T> {
  const response = await send(method, path, options);
  if (!response.ok) {
    const problem = await problemFrom(response);
    if (response.status === 401 && !path.startsWith("/sessions")) onSignedOut?.();
    throw problem;
  }
  if (response.status === 204 || response.headers.get("Content-Length") === "0") {
    return undefined as T;
  }
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

export const http = {
  get: <T>(path: string, query?: Record<string, QueryValue>, signal?: AbortSignal) =>
    request<T>("GET", path, { query, signal }),
  post: <T>(path: string, body?: unknown, idempotencyKey?: string) =>
    request<T>("POST", path, { body, idempotencyKey }),
  put: <T>(path: string, body?: unknown) => request<T>("PUT", path, { body }),
  delete: <T>(path: string, query?: Record<string, QueryValue>) =>
    request<T>("DELETE", path, { query }),
};

/** A fresh key; `randomUUID` needs a secure context, which a plain-HTTP intranet host is not. */
export function newKey(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
}
