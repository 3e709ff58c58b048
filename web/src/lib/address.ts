import { useNavigate, useParams, useSearch } from "@tanstack/react-router";

/** A numeric id from the address, such as `courseId`. */
export function useId(name: string): number {
  const params: Record<string, unknown> = useParams({ strict: false });
  return Number(params[name]);
}

export function useTextParam(name: string): string {
  const params: Record<string, unknown> = useParams({ strict: false });
  return String(params[name] ?? "");
}

/** Filters live in the address, so that a list can be shared and Back works. */
export function useFilters(): [
  Record<string, string | undefined>,
  (change: Record<string, string | undefined>) => void,
] {
  const search: Record<string, string | undefined> = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = (next: Record<string, string | undefined>) => {
    const merged = { ...search, ...next };
    const kept = Object.entries(merged).filter(([, value]) => value);
    void navigate({ to: ".", search: Object.fromEntries(kept), replace: true });
  };
  return [search, change];
}

/** Plain `a=b` addresses instead of the router's JSON values. */
export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined && value !== "") params.set(name, String(value));
  }
  const text = params.toString();
  return text ? `?${text}` : "";
}
