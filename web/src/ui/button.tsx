import type { ButtonHTMLAttributes, ReactNode } from "react";

type Kind = "plain" | "primary" | "quiet" | "danger";

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: Kind;
  icon?: ReactNode;
  /** Work under way: keeps focus and its width, and refuses a second press. */
  busy?: boolean;
}

export function Button({ kind = "plain", icon, busy, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className="button"
      data-kind={kind}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      {...rest}
    >
      {icon}
      {children}
    </button>
  );
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  label: string;
  icon: ReactNode;
}

/** A button whose words are only in its label and tooltip. */
export function IconButton({ label, icon, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      className="button"
      data-kind="quiet"
      data-square
      aria-label={label}
      title={label}
      {...rest}
    >
      {icon}
    </button>
  );
}
