import { createContext, useCallback, useContext, useEffect, useRef } from "react";
import { useHotkeys } from "../../../lib/hotkeys";

/** A part of the work that can be marked, as the keys of the page reach it. */
export interface Markable {
  root: () => HTMLElement | null;
  /** Marks what is selected there; false when nothing is. */
  mark?: (kind: "highlight" | "strike") => boolean;
  put?: (tool: "point" | "drawing") => void;
}

type Register = (part: Markable) => () => void;

const MarkKeysContext = createContext<Register>(() => () => {});

export const MarkKeysProvider = MarkKeysContext.Provider;

/** One set of keys for an attempt: what is selected is marked, what is looked at is drawn on. */
export function useMarkKeys(enabled: boolean): Register {
  const parts = useRef(new Set<Markable>());
  const mark = (kind: "highlight" | "strike") => {
    [...parts.current].some((part) => part.mark?.(kind));
  };
  const put = (tool: "point" | "drawing") => {
    const drawn = [...parts.current].filter((part) => part.put);
    const here = drawn.find((part) => part.root()?.contains(document.activeElement));
    (here ?? drawn.sort((a, b) => away(a) - away(b))[0])?.put?.(tool);
  };
  useHotkeys(
    enabled
      ? {
          h: () => mark("highlight"),
          x: () => mark("strike"),
          m: () => put("point"),
          d: () => put("drawing"),
        }
      : {},
  );
  return useCallback((part) => {
    parts.current.add(part);
    return () => parts.current.delete(part);
  }, []);
}

/** How far a part is from the middle of what is seen. */
function away(part: Markable): number {
  const box = part.root()?.getBoundingClientRect();
  if (!box) return Number.POSITIVE_INFINITY;
  const middle = window.innerHeight / 2;
  return Math.max(0, box.top - middle, middle - box.bottom);
}

export function useMarkable(part: Markable): void {
  const register = useContext(MarkKeysContext);
  const latest = useRef(part);
  latest.current = part;
  useEffect(
    () =>
      register({
        root: () => latest.current.root(),
        mark: latest.current.mark && ((kind) => latest.current.mark?.(kind) ?? false),
        put: latest.current.put && ((tool) => latest.current.put?.(tool)),
      }),
    [register],
  );
}
