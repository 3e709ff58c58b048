import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "./button";

interface TrayProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** Slides from the end for secondary things; Escape closes it and focus goes back. */
export function Tray({ title, onClose, children }: TrayProps) {
  const { t } = useTranslation();
  const titleId = useId();
  const ref = useRef<HTMLElement>(null);

  useEffect(() => {
    const before = document.activeElement;
    ref.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);

  return (
    <aside
      ref={ref}
      className="tray stack"
      aria-labelledby={titleId}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
    >
      <div className="row-between">
        <h2 id={titleId}>{title}</h2>
        <IconButton label={t("action.close")} icon={<X size={18} />} onClick={onClose} />
      </div>
      {children}
    </aside>
  );
}
