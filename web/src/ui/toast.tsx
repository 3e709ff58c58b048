import { useSyncExternalStore } from "react";

interface Toast {
  id: number;
  text: string;
  action?: { label: string; run: () => void };
}

const UNDO_MS = 10_000;
let toasts: Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function change(next: Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Says what happened for ten seconds, with an undo where there is one. */
export function toast(text: string, action?: Toast["action"]): void {
  const id = nextId++;
  change([...toasts.slice(-2), { id, text, action }]);
  setTimeout(() => change(toasts.filter((t) => t.id !== id)), UNDO_MS);
}

export function Toasts() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map((item) => (
        <div key={item.id} className="toast">
          <span>{item.text}</span>
          {item.action && (
            <button
              type="button"
              onClick={() => {
                item.action?.run();
                change(toasts.filter((t) => t.id !== item.id));
              }}
            >
              {item.action.label}
            </button>
          )}
        </div>
      ))}
    </div>
  );
}
