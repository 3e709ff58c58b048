import { queryOptions } from "@tanstack/react-query";
import { http, request } from "../../lib/http";
import type { Schemas } from "../../lib/schemas";

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
  /** Points when nothing else is said. */
  grading_type?: string;
  /** Grades stay hidden until somebody posts them, or until the instant that is set. */
  posts_manually?: boolean;
  posts_at?: string | null;
  /** Graders do not see whose work it is, so nothing of it stands beside a name. */
  anonymous?: boolean;
  version?: number;
}

/** What the learner sees is only said where it differs. */
export type Totals = Omit<
  Schemas["RowTotals"],
  "learner_current" | "learner_final" | "final_before_override"
> & {
  learner_current?: number | null;
  learner_final?: number | null;
  /** What was computed, where a final grade is set by hand. */
  final_before_override?: number | null;
};

/** A final grade as somebody set it; without a grade and a status it was taken back. */
export interface StandingFinal {
  percent?: number | null;
  letter?: string | null;
  status_code?: string | null;
  version: number;
}

/** One learner's line: scores, flags and versions in the order of the assignments. */
export interface GradebookRow {
  u: number;
  s: (number | null)[];
  f: number[];
  v: number[];
  t: Totals;
  o?: StandingFinal;
}

export interface Gradebook {
  version: number;
  structure_version: number;
  calculator_version: number;
  /** Totals are being worked out anew after a change of policy. */
  refolding: boolean;
  students: GradebookStudent[] | null;
  /** How many there are; more than are here while only the first have come. */
  learner_count?: number;
  assignments: GradebookAssignment[] | null;
  groups: { group_id: number; name: string }[] | null;
  rows: GradebookRow[];
  /** Final grades may be set by hand. */
  final_override?: boolean;
}

export interface GradebookChanges {
  version: number;
  /** Another one than the whole gradebook's: columns or people changed, read the whole again. */
  structure_version: number;
  refolding: boolean;
  rows: GradebookRow[];
}

/** Bits of a cell's flags, as the server stores and sends them. */
export const flag = {
  submitted: 1,
  late: 2,
  missing: 4,
  excused: 8,
  posted: 16,
  needsGrading: 32,
  resubmitted: 64,
  deducted: 128,
  automatic: 256,
  ownDates: 512,
  notAssigned: 1024,
  pendingReview: 2048,
  extended: 4096,
  latePass: 8192,
  lateExempt: 16384,
  /** Whoever reads has yet to assess the work in a calibration. */
  withheld: 32768,
} as const;

export type GradeStatus = Schemas["WorkStatus"];

/** What is left out stays as it is; a score of null is taken away. */
export interface GradeWrite {
  score?: number | null;
  /** A status of the course's own by its number; null takes it away. */
  label?: number | null;
  status?: GradeStatus;
  comment?: string;
  /** The learner reads the comment now, whether the grade is posted or not. */
  comment_at_once?: boolean;
  /** Where a group is graded as one: not the others who made the work. */
  only_this_learner?: boolean;
  /** The attempt that was looked at; the latest when left out. */
  submission_id?: number;
  /** Brings back what stood at this version, alone; 0 is before the first. */
  restore?: number;
  /** The version this change was made upon; 0 where there was no grade. */
  version: number;
}

/** A grade as it stands, with those of others of the group that went with it. */
export type GradeWritten = Omit<Required<Schemas["RecordedGrade"]>, "also"> & {
  also?: GradeWritten[];
};

/** What a 409 tells about the value that stands. */
export interface GradeNow {
  score: number | null;
  entered_score: number | null;
  status: GradeStatus;
  version: number;
  graded_by: { user_id: number | null; name: string | null } | null;
  graded_at: string | null;
}

/** One of many changes that somebody else was faster with. */
export interface GradeConflict {
  /** Which of the changes, from 0. */
  index: number;
  assignment_id: number;
  user_id: number;
  current: GradeNow & { graded_by: { user_id: number | null; name: string | null } };
}

/** A change of one of many grades: a score or status, or a version to be brought back. */
export type GradeCellWrite = Omit<GradeWrite, "comment"> & {
  user_id: number;
  assignment_id: number;
  restore?: number;
};

export type GradeEntry = Schemas["GradeEntry"];

export const gradebookKey = (courseId: number) => ["course", courseId, "gradebook"] as const;

/** As many learners as come without waiting; in most courses all. */
const FIRST_LEARNERS = 1_000;

/** Only the first learners have come; the rest is on its way. */
export const isPartial = ({ students, learner_count = 0 }: Gradebook) =>
  learner_count > (students?.length ?? 0);

/** A large gradebook is there twice: its first learners, which a screen can show, then all of it. */
export const gradebookQuery = (courseId: number) =>
  queryOptions({
    queryKey: gradebookKey(courseId),
    // The live stream keeps the open page fresh; a return to it starts from the server again.
    staleTime: 0,
    gcTime: 60_000,
    refetchOnWindowFocus: false,
    queryFn: async ({ client, signal }) => {
      const path = `/courses/${courseId}/gradebook`;
      if (client.getQueryData(gradebookKey(courseId)) === undefined) {
        const first = await http.get<Gradebook>(path, { first: FIRST_LEARNERS }, signal);
        if (!isPartial(first)) return first;
        client.setQueryData(gradebookKey(courseId), first);
        await drawn();
      }
      return http.get<Gradebook>(path, undefined, signal);
    },
  });

/** After the page has been drawn: what comes first must not wait for what is read after it. */
const drawn = () =>
  new Promise<void>((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
  });

/** The gradebook as it was at an instant; it does not change any more. */
export const pastGradebookQuery = (courseId: number, asOf: string) =>
  queryOptions({
    queryKey: [...gradebookKey(courseId), "as-of", asOf],
    queryFn: ({ signal }) =>
      http.get<Gradebook>(`/courses/${courseId}/gradebook`, { as_of: asOf }, signal),
  });

export type GradebookNews = Required<Schemas["GradebookNews"]>;

/** What others changed since this person last looked. */
export const gradebookNewsQuery = (courseId: number) =>
  queryOptions({
    queryKey: ["course", courseId, "gradebook-news"],
    // Asked once for each time the gradebook is opened: what comes later is seen as it comes.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    queryFn: ({ signal }) =>
      http.get<GradebookNews>(`/courses/${courseId}/gradebook/news`, undefined, signal),
  });

/** Remembered for the next time; sent even while the page is being left. */
export const recordLook = (courseId: number) =>
  request<void>("PUT", `/courses/${courseId}/gradebook/look`, { keepalive: true });

export type GradebookView = Required<Schemas["GradebookView"]>;

export type ViewFilters = Schemas["ViewFilters"];

const viewsPath = (courseId: number, name = "") =>
  `/courses/${courseId}/gradebook-views${name && `/${encodeURIComponent(name)}`}`;

export const gradebookViewsQuery = (courseId: number) =>
  queryOptions({
    queryKey: ["course", courseId, "gradebook-views"],
    queryFn: async () => (await http.get<{ items: GradebookView[] }>(viewsPath(courseId))).items,
  });

export const saveGradebookView = (
  courseId: number,
  name: string,
  view: { filters: ViewFilters; shared: boolean },
) => http.put<void>(viewsPath(courseId, name), view);

export const deleteGradebookView = (courseId: number, name: string) =>
  http.delete<void>(viewsPath(courseId, name));

export const gradebookChanges = (courseId: number, since: number) =>
  http.get<GradebookChanges>(`/courses/${courseId}/gradebook/changes`, { since });

export const writeGrade = (assignmentId: number, userId: number, grade: GradeWrite) =>
  http.put<GradeWritten>(`/assignments/${assignmentId}/grades/${userId}`, grade);

/** All of them or none; answers them as they then stand, in this order, and then who went with them. */
export const recordGrades = async (
  courseId: number,
  changes: GradeCellWrite[],
  reason?: string,
): Promise<GradeWritten[]> => {
  const path = `/courses/${courseId}/grades`;
  const written = await http.put<{ grades: GradeWritten[]; also?: GradeWritten[] }>(path, {
    reason,
    changes,
  });
  return [...written.grades, ...(written.also ?? [])];
};

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

export type DerivationNode = Schemas["DerivationNode"];

export type Derived = Schemas["Derived"];

/** One total: percent rounded once, with the letter the unrounded percent earns. */
export type Standing = Schemas["Standing"];

export type GradeItem = Schemas["ShownItem"];

export type LearnerGrades = Schemas["LearnerGrades"];

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

export interface ForecastQuestion {
  guesses: { assignment_id: number; score: number }[];
  target_percent: number | null;
  view: LearnerGrades["view"];
}

export type NeededScores = Schemas["NeededScores"];

export const forecastGrades = (courseId: number, userId: number, question: ForecastQuestion) =>
  http.post<{ grades: LearnerGrades; needed: NeededScores | null }>(
    `/courses/${courseId}/grades/${userId}/forecasts`,
    question,
  );
