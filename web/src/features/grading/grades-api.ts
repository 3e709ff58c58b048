import { queryOptions } from "@tanstack/react-query";
import { http } from "../../lib/http";

export interface GradebookStudent {
  user_id: number;
  name: string;
  sortable_name: string;
  section_ids: number[];
}

export interface GradebookAssignment {
  assignment_id: number;
  title: string;
  points_possible: number;
  group_id: number;
  due_at: string | null;
  status: string;
}

export interface Totals {
  current: number | null;
  final: number | null;
}

/** One learner's line: scores, flags and versions in the order of the assignments. */
export interface GradebookRow {
  u: number;
  s: (number | null)[];
  f: number[];
  v: number[];
  t: Totals;
}

export interface Gradebook {
  version: number;
  calculator_version: string | number;
  students: GradebookStudent[];
  assignments: GradebookAssignment[];
  groups: { group_id: number; name: string }[];
  rows: GradebookRow[];
}

export interface GradebookChanges {
  version: number;
  rows: GradebookRow[];
  /** True when the columns or the people changed and the whole has to be read again. */
  reload?: boolean;
}

/** Bits of a cell's flags. */
export const flag = {
  late: 1,
  missing: 2,
  excused: 4,
  dropped: 8,
  hidden: 16,
  submitted: 32,
  needsGrading: 64,
} as const;

export type GradeStatus = "none" | "late" | "missing" | "excused" | "extended";

export interface GradeWrite {
  score: number | null;
  status?: GradeStatus;
  comment?: string;
  version: number | null;
}

export interface GradeWritten {
  score: number | null;
  status: GradeStatus | null;
  version: number;
  flags?: number;
  row_totals: Totals;
  course_version: number;
}

/** What a 409 tells about the value that stands. */
export interface GradeNow {
  score: number | null;
  status?: GradeStatus | null;
  version: number;
  by_name?: string | null;
  at?: string | null;
}

export interface GradeEntry {
  entry_id?: number;
  at: string;
  by_name: string | null;
  source: string;
  score: number | null;
  status?: string | null;
  comment?: string | null;
}

export const gradebookKey = (courseId: number) => ["course", courseId, "gradebook"] as const;

export const gradebookQuery = (courseId: number) =>
  queryOptions({
    queryKey: gradebookKey(courseId),
    // The live stream keeps the open page fresh; a return to it starts from the server again.
    staleTime: 0,
    gcTime: 60_000,
    refetchOnWindowFocus: false,
    queryFn: ({ signal }) =>
      http.get<Gradebook>(`/courses/${courseId}/gradebook`, undefined, signal),
  });

export const gradebookChanges = (courseId: number, since: number) =>
  http.get<GradebookChanges>(`/courses/${courseId}/gradebook/changes`, { since });

export const writeGrade = (assignmentId: number, userId: number, grade: GradeWrite) =>
  http.put<GradeWritten>(`/assignments/${assignmentId}/grades/${userId}`, grade);

export const gradeHistoryQuery = (assignmentId: number, userId: number) =>
  queryOptions({
    queryKey: ["assignment", assignmentId, "history", userId],
    queryFn: async () =>
      (
        await http.get<{ items: GradeEntry[] }>(
          `/assignments/${assignmentId}/grades/${userId}/history`,
        )
      ).items,
  });

export interface DerivationNode {
  kind: string;
  unit: "points" | "percent" | "share" | "seconds" | "count";
  operation: string;
  value: number | null;
  inputs: DerivationNode[];
  subject_id: number | null;
  letter: string | null;
  reasons: string[];
  counts: boolean;
}

export interface Derived {
  current: DerivationNode;
  final: DerivationNode;
}

export interface GradeItem {
  assignment_id: number;
  title: string;
  points_possible: number;
  group_id: number;
  group_name?: string;
  due_at: string | null;
  score: number | null;
  late: boolean;
  missing: boolean;
  excused: boolean;
  dropped: boolean;
  submitted_at?: string | null;
  comment?: string | null;
  graded_at?: string | null;
}

export interface LearnerGrades {
  user_id: number;
  name?: string;
  totals: Totals & { current_letter?: string | null; final_letter?: string | null };
  items: GradeItem[];
  groups?: { group_id: number; name: string }[];
  derivation: Derived;
}

export const myGradesQuery = (courseId: number) =>
  queryOptions({
    queryKey: ["course", courseId, "grades", "mine"],
    queryFn: () => http.get<LearnerGrades>(`/courses/${courseId}/grades/mine`),
  });

export const learnerGradesQuery = (courseId: number, userId: number) =>
  queryOptions({
    queryKey: ["course", courseId, "grades", userId],
    queryFn: () => http.get<LearnerGrades>(`/courses/${courseId}/grades/${userId}`),
  });
