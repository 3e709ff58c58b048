import { useNavigate } from "@tanstack/react-router";
import { CalendarClock, Eye, EyeOff, FileText } from "lucide-react";
import { type CSSProperties, useLayoutEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useTimeZone } from "../../../lib/session";
import { MenuItem, MenuList } from "../../../ui/menu";
import type { GradebookAssignment } from "../grades-api";
import { useColumnState } from "./column-state";
import type { GradebookModel } from "./gradebook-model";
import { PostDialog } from "./post-dialog";
import { PostingPolicyDialog } from "./posting-policy-dialog";
import type { ColumnAction } from "./use-column-actions";

interface ColumnMenuProps {
  courseId: number;
  assignmentId: number;
  model: GradebookModel;
  sections: { section_id: number; name: string }[];
  /** What else can be done with the scores of a column. */
  actions: (assignment: GradebookAssignment) => ColumnAction[];
  onClose: () => void;
}

const WIDTH = 304;

/** What can be done with a column, below its heading; and what it opens. */
export function ColumnMenu(props: ColumnMenuProps) {
  const { courseId, assignmentId, model, sections, actions, onClose } = props;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const state = useColumnState(model, useTimeZone());
  const [doing, setDoing] = useState<"post" | "hide" | "policy">();
  const style = useBelow(assignmentId);
  const assignment = model.assignments.find((a) => a.assignment_id === assignmentId);
  if (!assignment || !style) return null;

  function close() {
    onClose();
    // Not before the dialog is gone, which keeps the focus to itself.
    requestAnimationFrame(() => headingOf(assignmentId)?.focus({ preventScroll: true }));
  }

  const dialog = { courseId, assignment, model, sections, onClose: close };
  if (doing === "policy") return <PostingPolicyDialog {...dialog} />;
  if (doing) return <PostDialog kind={doing} {...dialog} />;
  return (
    <MenuList
      label={assignment.title}
      note={state.words(assignment)}
      style={style}
      onClose={(why) => {
        if (why === "escape") close();
        else if (why === "away") onClose();
      }}
    >
      <MenuItem icon={<Eye size={16} />} onSelect={() => setDoing("post")}>
        {t("grading.posting.post")}
      </MenuItem>
      <MenuItem icon={<EyeOff size={16} />} onSelect={() => setDoing("hide")}>
        {t("grading.posting.hide")}
      </MenuItem>
      <MenuItem icon={<CalendarClock size={16} />} onSelect={() => setDoing("policy")}>
        {t("grading.posting.when")}
      </MenuItem>
      {(assignment.anonymous ? [] : actions(assignment)).map(({ id, label, icon, run }) => (
        <MenuItem
          key={id}
          icon={icon}
          onSelect={() => {
            onClose();
            run();
          }}
        >
          {label}
        </MenuItem>
      ))}
      <MenuItem
        icon={<FileText size={16} />}
        onSelect={() =>
          void navigate({ to: `/courses/${courseId}/assignments/${assignmentId}/submissions` })
        }
      >
        {t("grading.posting.open")}
      </MenuItem>
    </MenuList>
  );
}

function headingOf(assignmentId: number): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-assignment="${assignmentId}"]`);
}

/** Where the menu stands: below its heading, wherever that is scrolled to. */
function useBelow(assignmentId: number): CSSProperties | undefined {
  const [style, setStyle] = useState<CSSProperties>();
  useLayoutEffect(() => {
    function place() {
      const heading = headingOf(assignmentId)?.getBoundingClientRect();
      if (!heading) return;
      const rtl = document.documentElement.dir === "rtl";
      const start = rtl ? heading.right - WIDTH : heading.left;
      const left = Math.max(8, Math.min(start, window.innerWidth - WIDTH - 8));
      setStyle({ position: "fixed", inset: `${heading.bottom + 2}px auto auto ${left}px` });
    }
    place();
    document.addEventListener("scroll", place, { capture: true, passive: true });
    return () => document.removeEventListener("scroll", place, { capture: true });
  }, [assignmentId]);
  return style;
}
