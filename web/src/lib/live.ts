import { useEffect, useRef } from "react";
import { apiUrl } from "./base";

const POLL_MS = 5_000;

/** What to do at each event of a stream; `open` when it was opened, also again. */
export type LiveHandlers = Record<string, (data: string) => void>;

/**
 * Calls back whenever the server says that something changed. A stream that cannot be opened
 * (an old proxy, too many tabs) is replaced by asking every few seconds, with no data.
 */
export function useLive(path: string, handlers: LiveHandlers): void {
  const latest = useRef(handlers);
  latest.current = handlers;
  const names = Object.keys(handlers).join(" ");

  useEffect(() => {
    const events = names.split(" ");
    let timer: ReturnType<typeof setInterval> | undefined;
    const askAll = () => {
      for (const name of events) if (name !== "open") latest.current[name]?.("");
    };
    const poll = () => {
      timer ??= setInterval(askAll, POLL_MS);
    };
    if (typeof EventSource === "undefined") {
      poll();
      return () => clearInterval(timer);
    }
    const source = new EventSource(apiUrl(path));
    for (const name of events) {
      source.addEventListener(name, (event) =>
        latest.current[name]?.((event as MessageEvent).data ?? ""),
      );
    }
    source.addEventListener("open", () => {
      clearInterval(timer);
      timer = undefined;
    });
    source.addEventListener("error", poll);
    return () => {
      source.close();
      clearInterval(timer);
    };
  }, [path, names]);
}
