import { useSyncExternalStore } from "react";

export type Theme = "system" | "light" | "dark" | "contrast";

/** Choices of this device; the profile keeps those that follow the person. */
export interface Prefs {
  theme: Theme;
  language: string;
  singleKeys: boolean;
  railCollapsed: boolean;
}

const storageKey = "lectern.prefs";
const fallback: Prefs = { theme: "system", language: "", singleKeys: true, railCollapsed: false };
const listeners = new Set<() => void>();
let current = read();

function read(): Prefs {
  try {
    return { ...fallback, ...JSON.parse(localStorage.getItem(storageKey) ?? "{}") };
  } catch {
    return fallback;
  }
}

export function getPrefs(): Prefs {
  return current;
}

export function setPrefs(change: Partial<Prefs>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(storageKey, JSON.stringify(current));
  } catch {
    // Private windows may refuse storage; the choice then lasts as long as the page.
  }
  applyTheme(current.theme);
  for (const listener of listeners) listener();
}

export function usePrefs(): Prefs {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}

/** `system` leaves the choice to the media queries in tokens.css. */
export function applyTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
