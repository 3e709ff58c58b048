import type { ReactNode } from "react";
import { fileUrl } from "../lib/base";

export type Tone = "plain" | "good" | "warn" | "bad" | "info";

export function Badge({ tone = "plain", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className="badge" data-tone={tone}>
      {children}
    </span>
  );
}

export function Avatar({ name, url }: { name: string; url?: string | null }) {
  if (url) return <img className="avatar" src={fileUrl(url)} alt="" width={32} height={32} />;
  const words = name.trim().split(/\s+/);
  const initials = `${words[0]?.[0] ?? ""}${words.length > 1 ? (words.at(-1)?.[0] ?? "") : ""}`;
  return (
    // Drawn by CSS, so that the letters are never read out or searched as text.
    <span className="avatar" aria-hidden data-initials={initials.toUpperCase()} />
  );
}
