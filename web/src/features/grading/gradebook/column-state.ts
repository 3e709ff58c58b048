import { useTranslation } from "react-i18next";
import { formatDateTime } from "../../../lib/dates";
import { useLocale } from "../../../lib/i18n";
import { flag, type GradebookAssignment } from "../grades-api";
import type { GradebookModel } from "./gradebook-model";

export interface ColumnCounts {
  graded: number;
  hidden: number;
  /** Who has the assignment and no grade. */
  waiting: number;
}

/**
 * Whether a learner has a grade that they are not shown. Where grades show as they are entered, a
 * score the missing policy gave shows too, although nobody entered it.
 */
export function isHidden(
  cell: { score: number | null; flags: number; version: number },
  assignment: GradebookAssignment,
): boolean {
  const graded = cell.score !== null || (cell.flags & flag.excused) !== 0;
  if (!graded || cell.flags & flag.posted) return false;
  return cell.version > 0 || assignment.posts_manually === true;
}

/** What a column holds, of all learners or of some sections, whatever the page shows of them. */
export function countColumn(
  model: GradebookModel,
  assignment: GradebookAssignment,
  sections: readonly number[] = [],
): ColumnCounts {
  const column = model.assignments.indexOf(assignment);
  const counts: ColumnCounts = { graded: 0, hidden: 0, waiting: 0 };
  for (const student of model.students) {
    if (sections.length && !student.section_ids.some((id) => sections.includes(id))) continue;
    const row = model.row(student.user_id);
    const flags = row?.f[column] ?? 0;
    if (flags & flag.notAssigned) continue;
    const cell = { score: row?.s[column] ?? null, flags, version: row?.v[column] ?? 0 };
    if (cell.score === null && !(flags & flag.excused)) counts.waiting += 1;
    else counts.graded += 1;
    if (isHidden(cell, assignment)) counts.hidden += 1;
  }
  return counts;
}

interface Known {
  revision: number;
  counts: Map<number, ColumnCounts>;
}

const known = new WeakMap<GradebookModel, Known>();

/** The same for all learners, counted once for each state of the gradebook: headings ask often. */
function counted(model: GradebookModel, assignment: GradebookAssignment): ColumnCounts {
  let of = known.get(model);
  if (of?.revision !== model.snapshot()) {
    of = { revision: model.snapshot(), counts: new Map() };
    known.set(model, of);
  }
  const before = of.counts.get(assignment.assignment_id);
  if (before) return before;
  const counts = countColumn(model, assignment);
  of.counts.set(assignment.assignment_id, counts);
  return counts;
}

/** "12 graded, 3 hidden, will post Fri 17:00; learners now see nothing": a column in plain words. */
export function useColumnState(model: GradebookModel, zone: string) {
  const { t } = useTranslation();
  const locale = useLocale();

  function willPost(assignment: GradebookAssignment): string | undefined {
    const at = assignment.posts_at;
    return at ? t("grading.posting.will", { when: formatDateTime(at, locale, zone) }) : undefined;
  }

  function sees(assignment: GradebookAssignment, { graded, hidden }: ColumnCounts): string {
    if (graded === 0) {
      if (assignment.posts_at) return t("grading.posting.seesNothing");
      return t(`grading.posting.later.${assignment.posts_manually ? "manual" : "automatic"}`);
    }
    if (hidden === graded) return t("grading.posting.seesNothing");
    if (hidden === 0) return t("grading.posting.seesAll");
    return t("grading.posting.seesSome", { count: graded - hidden });
  }

  return {
    /** The whole sentence; nothing while not everybody is here. */
    words(assignment: GradebookAssignment): string {
      if (assignment.anonymous) return t("marking.anonymous.column");
      // Counts of the first learners are no counts of the column.
      if (model.partial) return "";
      const counts = counted(model, assignment);
      const parts = [
        t("grading.posting.graded", { count: counts.graded }),
        counts.hidden > 0 && t("grading.posting.hidden", { count: counts.hidden }),
        willPost(assignment),
      ].filter((part): part is string => Boolean(part));
      const what = parts.reduce((one, two) => t("grading.posting.and", { one, two }));
      return t("grading.posting.state", { what, sees: sees(assignment, counts) });
    },
    /** What of it has room in a heading. */
    short(assignment: GradebookAssignment): string {
      if (assignment.anonymous) return t("marking.anonymous.short");
      if (model.partial) return "";
      const { graded, hidden } = counted(model, assignment);
      if (hidden > 0) return t("grading.posting.hidden", { count: hidden });
      return graded > 0 ? t("grading.posting.graded", { count: graded }) : "";
    },
  };
}
