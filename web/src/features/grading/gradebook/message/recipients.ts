import { flag, type GradebookStudent, type GradebookView } from "../../grades-api";
import { shownBy } from "../gradebook-filters";
import type { GradebookModel } from "../gradebook-model";

/** What may be asked of a learner's cell; what an assignment graded without names never shows. */
export const criteria = ["everybody", "notHandedIn", "under", "late", "missing", "hidden"] as const;

export type Criterion = (typeof criteria)[number];

/** Whom a message is for. */
export interface Wish {
  /** `selected`, `shown`, `everybody`, or a saved view by its place in the list. */
  among: string;
  assignmentId: number;
  criterion: Criterion;
  /** The score that is not reached, as it was typed. */
  under: string;
}

export interface Among {
  selected?: GradebookStudent[];
  shown: GradebookStudent[];
  views: GradebookView[];
}

/** The learners a wish means, in the order of the grid. */
export function recipientsOf(model: GradebookModel, from: Among, wish: Wish): GradebookStudent[] {
  const among = amongOf(model, from, wish.among);
  const assignment = model.assignments.find((one) => one.assignment_id === wish.assignmentId);
  if (!assignment || assignment.anonymous || wish.criterion === "everybody") return among;
  return among.filter((student) =>
    isMeant(model.cell(student.user_id, wish.assignmentId), wish.criterion, wish.under),
  );
}

function amongOf(model: GradebookModel, from: Among, among: string): GradebookStudent[] {
  if (among === "selected" && from.selected) return from.selected;
  if (among === "shown") return from.shown;
  const view = from.views[Number(among)];
  return among !== "everybody" && view ? shownBy(model, view.filters) : model.students;
}

type CellData = ReturnType<GradebookModel["cell"]>;

function isMeant({ flags, score, excused }: CellData, criterion: Criterion, under: string) {
  const has = (bit: number) => (flags & bit) !== 0;
  switch (criterion) {
    case "notHandedIn":
      return !has(flag.submitted) && !has(flag.notAssigned) && !excused;
    case "under": {
      const limit = Number.parseFloat(under.replace(",", "."));
      return score !== null && score < limit && !excused;
    }
    case "late":
      return has(flag.late);
    case "missing":
      return has(flag.missing) && !excused;
    case "hidden":
      return score !== null && !has(flag.posted);
    default:
      return true;
  }
}
