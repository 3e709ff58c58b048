import { X } from "lucide-react";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";

interface Toast {
  id: number;
  text: string;
  action?: { label: string; run: () => void };
  /** Longer than anybody wants to look at it, so it can be put away. */
  stays: boolean;
}

const UNDO_MS = 10_000;
let toasts: Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function change(next: Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Says what happened for ten seconds, or for as long as it can be undone. */
export function toast(text: string, action?: Toast["action"], forMs = UNDO_MS): void {
  const id = nextId++;
  change([...toasts.slice(-2), { id, text, action, stays: forMs > UNDO_MS }]);
  setTimeout(() => dismiss(id), forMs);
}

function dismiss(id: number): void {
  change(toasts.filter((t) => t.id !== id));
}

export function Toasts() {
  const { t } = useTranslation();
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
                dismiss(item.id);
              }}
            >
              {item.action.label}
            </button>
          )}
          {item.stays && (
            <button type="button" aria-label={t("action.close")} onClick={() => dismiss(item.id)}>
              <X size={16} aria-hidden />
            </button>
          )}
        </div>
      ))}
    </div>
  );
}
