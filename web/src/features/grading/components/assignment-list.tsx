import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { When } from "../../../ui/when";
import type { Assignment, AssignmentGroup } from "../api";
import { AssignmentState, StandingBadge } from "./assignment-state";

interface AssignmentListProps {
  assignments: Assignment[];
  groups: AssignmentGroup[];
  zone: string;
  staff: boolean;
}

/** The assignments of a course under the headings of their groups. */
export function AssignmentList({ assignments, groups, zone, staff }: AssignmentListProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const known = new Set(groups.map((g) => g.assignment_group_id));
  const sections = [
    ...groups.map((g) => ({ id: g.assignment_group_id, name: g.name, weight: g.weight_percent })),
    { id: 0, name: t("grading.otherAssignments"), weight: 0 },
  ];
  const idOf = (a: Assignment) => (known.has(a.assignment_group_id) ? a.assignment_group_id : 0);
  return (
    <div className="stack">
      {sections.map((section) => {
        const shown = assignments.filter((a) => idOf(a) === section.id);
        if (shown.length === 0) return null;
        return (
          <section key={section.id} className="panel" aria-labelledby={`group-${section.id}`}>
            <div className="row-between">
              <h2 id={`group-${section.id}`}>{section.name}</h2>
              {section.weight > 0 && (
                <span className="muted small">
                  {t("grading.weight", { weight: formatNumber(section.weight, locale) })}
                </span>
              )}
            </div>
            <ul className="rows">
              {shown.map((assignment) => (
                <li key={assignment.assignment_id}>
                  <AssignmentLine assignment={assignment} zone={zone} staff={staff} />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function AssignmentLine({
  assignment,
  zone,
  staff,
}: Omit<AssignmentListProps, "assignments" | "groups"> & { assignment: Assignment }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const points = formatNumber(assignment.points_possible, locale);
  const score = assignment.my?.score;
  return (
    <Link
      className="rows-link"
      to={`/courses/${assignment.course_id}/assignments/${assignment.assignment_id}`}
    >
      <span className="grow">
        <strong>{assignment.title}</strong>
        <br />
        <span className="small muted">
          {assignment.due_at ? (
            <>
              {t("grading.due")} <When at={assignment.due_at} zone={zone} />
            </>
          ) : (
            t("grading.noDueDate")
          )}
        </span>
      </span>
      {staff ? (
        <>
          {(assignment.ungraded_count ?? 0) > 0 && (
            <span className="small">
              {t("grading.toGrade", { count: assignment.ungraded_count })}
            </span>
          )}
          <AssignmentState status={assignment.status} />
        </>
      ) : (
        <StandingBadge standing={assignment.my} assignmentId={assignment.assignment_id} />
      )}
      <span className="figures muted">
        {typeof score === "number"
          ? t("grading.scoreOf", { score: formatNumber(score, locale), points })
          : t("grading.points", { points, count: assignment.points_possible })}
      </span>
    </Link>
  );
}
