import { useEffect, useRef } from "react";
import { apiUrl } from "./base";

const POLL_MS = 5_000;

/**
 * Calls back whenever the server says that something changed. A stream that cannot be opened
 * (an old proxy, too many tabs) is replaced by asking every few seconds.
 */
export function useLive(path: string, eventName: string, onChange: (data: string) => void): void {
  const latest = useRef(onChange);
  latest.current = onChange;

  useEffect(() => {
    let timer: ReturnType<typeof setInterval> | undefined;
    const poll = () => {
      timer ??= setInterval(() => latest.current(""), POLL_MS);
    };
    if (typeof EventSource === "undefined") {
      poll();
      return () => clearInterval(timer);
    }
    const source = new EventSource(apiUrl(path));
    source.addEventListener(eventName, (event) => latest.current((event as MessageEvent).data));
    source.addEventListener("open", () => {
      clearInterval(timer);
      timer = undefined;
    });
    source.addEventListener("error", poll);
    return () => {
      source.close();
      clearInterval(timer);
    };
  }, [path, eventName]);
}
