import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useDeferredValue, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { coursesQuery } from "../../features/courses/api";
import { itemsOf } from "../../lib/query-client";
import { useSession } from "../../lib/session";
import { adminSections } from "./admin-sections";
import { navItems } from "./nav-items";

interface Command {
  id: string;
  label: string;
  hint?: string;
  to: string;
}

/** Type to go anywhere: places first, then courses by name. */
export default function CommandPalette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const dialog = useRef<HTMLDialogElement>(null);
  const commands = useCommands(text);

  useEffect(() => {
    if (dialog.current && !dialog.current.open) dialog.current.showModal();
  }, []);

  function run(command: Command | undefined) {
    if (!command) return;
    onClose();
    void navigate({ to: command.to as "/" });
  }

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setActive((active + step + commands.length) % Math.max(1, commands.length));
    } else if (event.key === "Enter") {
      event.preventDefault();
      run(commands[active]);
    }
  }

  return (
    <dialog
      ref={dialog}
      className="dialog palette"
      aria-label={t("palette.open")}
      onCancel={onClose}
    >
      <input
        className="palette-input"
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={commands[active] ? `palette-${active}` : undefined}
        aria-label={t("palette.prompt")}
        placeholder={t("palette.prompt")}
        autoComplete="off"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div
        className="palette-list"
        id="palette-list"
        role="listbox"
        aria-label={t("palette.results")}
        tabIndex={-1}
      >
        {commands.map((command, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the text field
          <div
            key={command.id}
            id={`palette-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === active}
            className="listbox-option row-between"
            onPointerMove={() => setActive(i)}
            onClick={() => run(command)}
          >
            <span>{command.label}</span>
            <span className="muted small">{command.hint}</span>
          </div>
        ))}
      </div>
      {commands.length === 0 && <p className="dialog-body muted">{t("common.noMatch")}</p>}
    </dialog>
  );
}

function useCommands(text: string): Command[] {
  const { t } = useTranslation();
  const session = useSession();
  const search = useDeferredValue(text.trim());
  const courses = useInfiniteQuery(coursesQuery({ search, mine: search ? undefined : "true" }));
  const places: Command[] = [
    ...navItems(session).map((i) => ({ id: i.to, label: t(i.label), to: i.to })),
    { id: "/profile", label: t("nav.profile"), to: "/profile" },
    ...adminSections(session).map((s) => ({
      id: s.to,
      label: t(s.label),
      hint: t("nav.admin"),
      to: s.to,
    })),
  ];
  const wanted = search.toLowerCase();
  const found = itemsOf(courses.data).slice(0, 8);
  return [
    ...places.filter((place) => place.label.toLowerCase().includes(wanted)),
    ...found.map((course) => ({
      id: `course-${course.course_id}`,
      label: course.title,
      hint: course.code || t("palette.course"),
      to: `/courses/${course.course_id}`,
    })),
  ];
}
