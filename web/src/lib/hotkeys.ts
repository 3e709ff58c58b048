import { useEffect, useRef } from "react";
import { getPrefs } from "./prefs";

/** A chord of modifiers ("mod+k"), a single key ("?") or a sequence of two ("g h"). */
export type Hotkeys = Record<string, (event: KeyboardEvent) => void>;

const SEQUENCE_MS = 1200;

function inTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

function nameOf(event: KeyboardEvent): string {
  const mod = event.ctrlKey || event.metaKey ? "mod+" : "";
  return `${mod}${event.key.length === 1 ? event.key.toLowerCase() : event.key}`;
}

/** Single letters never fire inside a text field or grid cell, and can be turned off (2.1.4). */
export function useHotkeys(hotkeys: Hotkeys): void {
  const latest = useRef(hotkeys);
  latest.current = hotkeys;

  useEffect(() => {
    let prefix = "";
    let prefixAt = 0;
    function onKeyDown(event: KeyboardEvent) {
      const name = nameOf(event);
      const chord = name.startsWith("mod+");
      if (event.defaultPrevented || event.altKey) return;
      if (!chord && inTextField(event.target)) {
        // What is typed goes on with nothing: "g", a score, then "c" is not "g c".
        prefix = "";
        return;
      }
      if (!chord && !getPrefs().singleKeys) return;
      const sequence = Date.now() - prefixAt < SEQUENCE_MS ? `${prefix} ${name}` : name;
      const action = latest.current[sequence] ?? latest.current[name];
      prefix = name;
      prefixAt = Date.now();
      if (!action) return;
      event.preventDefault();
      action(event);
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}
