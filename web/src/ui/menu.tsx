import {
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";

interface MenuProps {
  label: string;
  trigger: ReactNode;
  triggerClass?: string;
  children: ReactNode;
}

/** Menu button after the ARIA pattern: arrows move, Escape closes, Tab leaves. */
export function Menu({ label, trigger, triggerClass = "button", children }: MenuProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);

  function onClose(why: MenuEnd) {
    setOpen(false);
    if (why === "escape") button.current?.focus();
  }

  return (
    <div className="menu">
      <button
        ref={button}
        type="button"
        className={triggerClass}
        data-kind="quiet"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={label}
        title={label}
        onClick={() => setOpen(!open)}
      >
        {trigger}
      </button>
      {open && (
        <MenuList id={id} label={label} opener={button} onClose={onClose}>
          {children}
        </MenuList>
      )}
    </div>
  );
}

/** Why a menu closes: something was chosen, Escape, or the person went elsewhere. */
type MenuEnd = "chosen" | "escape" | "away";

interface MenuListProps {
  id?: string;
  label: string;
  /** Words above the choices. */
  note?: string;
  style?: CSSProperties;
  /** What opened it; a press there is not a press elsewhere. */
  opener?: { current: HTMLElement | null };
  onClose: (why: MenuEnd) => void;
  children: ReactNode;
}

/** The open list itself, wherever it stands. */
export function MenuList(props: MenuListProps) {
  const { id, label, note, style, opener, onClose, children } = props;
  const root = useRef<HTMLDivElement>(null);
  const noteId = useId();
  const latest = useRef(onClose);
  latest.current = onClose;

  useEffect(() => {
    items(root.current)[0]?.focus({ preventScroll: true });
    function away(event: PointerEvent) {
      const target = event.target as Node;
      const inside = root.current?.contains(target) || opener?.current?.contains(target);
      if (!inside) latest.current("away");
    }
    document.addEventListener("pointerdown", away);
    return () => document.removeEventListener("pointerdown", away);
  }, [opener]);

  function onKeyDown(event: KeyboardEvent) {
    const all = items(root.current);
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = {
      ArrowDown: (at + 1) % all.length,
      ArrowUp: (at - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      all[to]?.focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      onClose(event.key === "Escape" ? "escape" : "away");
    }
  }

  return (
    <div ref={root} className="menu-list" style={style}>
      {note && (
        <p id={noteId} className="menu-note">
          {note}
        </p>
      )}
      <div
        id={id}
        role="menu"
        aria-label={label}
        aria-describedby={note ? noteId : undefined}
        tabIndex={-1}
        onKeyDown={onKeyDown}
        onClick={(event) => {
          if ((event.target as HTMLElement).closest("[role=menuitem]")) onClose("chosen");
        }}
      >
        {children}
      </div>
    </div>
  );
}

function items(root: HTMLElement | null): HTMLElement[] {
  return [...(root?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
}

interface MenuItemProps {
  icon?: ReactNode;
  onSelect: () => void;
  children: ReactNode;
}

export function MenuItem({ icon, onSelect, children }: MenuItemProps) {
  return (
    <button type="button" role="menuitem" className="menu-item" tabIndex={-1} onClick={onSelect}>
      {icon}
      {children}
    </button>
  );
}
