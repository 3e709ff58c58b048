import type { Messages } from "../lib/i18n";

/** One file of words a language, fetched only when it is spoken. */
export async function loadMessages(code: string): Promise<Messages> {
  if (code === "ar") return (await import("./messages-ar")).default;
  return (await import("./messages-en")).default;
}
