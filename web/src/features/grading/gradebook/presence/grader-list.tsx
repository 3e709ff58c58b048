import "./presence.css";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import type { GradebookAssignment, GradebookStudent } from "../../grades-api";
import type { Cell } from "../use-gradebook";
import { initials, type OtherGrader, type PresenceModel } from "./presence-model";

/** More than these are only counted. */
const MOST = 5;

interface GraderListProps {
  others: PresenceModel;
  students: GradebookStudent[];
  assignments: GradebookAssignment[];
  onJump: (cell: Cell) => void;
}

/** Who else has the gradebook open; each is a way to the cell they are at. */
export function GraderList({ others, students, assignments, onJump }: GraderListProps) {
  const { t } = useTranslation();
  useSyncExternalStore(others.subscribe, others.snapshot);
  const { people } = others;
  if (people.length === 0) return null;
  const more = people.length + others.more - Math.min(people.length, MOST);

  function where({ place }: OtherGrader): string {
    const assignment = assignments.find((one) => one.assignment_id === place?.assignment_id);
    const student = students.find((one) => one.user_id === place?.user_id);
    if (!assignment) return t("presence.open");
    const values = { column: assignment.title, learner: student?.name };
    if (!student) return t("presence.atColumn", values);
    return t(place?.typing ? "presence.editingAt" : "presence.at", values);
  }

  return (
    <ul className="gb-graders" aria-label={t("presence.label")}>
      {people.slice(0, MOST).map((one) => {
        const words = t("presence.who", { name: one.name, where: where(one) });
        const { user_id: userId, assignment_id: assignmentId } = one.place ?? {};
        return (
          <li key={one.user_id}>
            <button
              type="button"
              className="gb-grader"
              data-typing={one.place?.typing || undefined}
              title={words}
              aria-disabled={!userId || undefined}
              onClick={() => userId && assignmentId && onJump({ userId, assignmentId })}
            >
              <span aria-hidden>{initials(one.name)}</span>
              <span className="visually-hidden">{words}</span>
            </button>
          </li>
        );
      })}
      {more > 0 && <li className="small muted">{t("presence.more", { count: more })}</li>}
    </ul>
  );
}
