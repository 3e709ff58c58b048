import { vi } from "vitest";

interface Call {
  method: string;
  path: string;
  body: unknown;
  headers: Record<string, string>;
}

type Answer = { status?: number; body?: unknown } | Promise<{ status?: number; body?: unknown }>;

/** Replaces fetch in a test: the first route whose pattern fits answers; calls are kept. */
export function stubFetch(routes: [RegExp, (call: Call) => Answer][]): Call[] {
  const calls: Call[] = [];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit = {}) => {
    const call: Call = {
      method: init.method ?? "GET",
      path: url.replace(/^\/api\/v1/, ""),
      body: typeof init.body === "string" ? JSON.parse(init.body) : init.body,
      headers: (init.headers ?? {}) as Record<string, string>,
    };
    calls.push(call);
    const route = routes.find(([pattern]) => pattern.test(`${call.method} ${call.path}`));
    if (!route) throw new TypeError(`No stub for ${call.method} ${call.path}`);
    const { status = 200, body } = await route[1](call);
    return new Response(body === undefined ? null : JSON.stringify(body), {
      status,
      headers: {
        "Content-Type": status >= 400 ? "application/problem+json" : "application/json",
      },
    });
  });
  return calls;
}
