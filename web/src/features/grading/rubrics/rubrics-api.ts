import { queryOptions } from "@tanstack/react-query";
import { http, type Page } from "../../../lib/http";
import { hasStatus } from "../../../lib/problem";
import type { Schemas } from "../../../lib/schemas";

export type Rating = Required<Schemas["Rating"]>;

export type Criterion = Required<Schemas["Criterion"]> & { ratings: Rating[] };

export type Rubric = Schemas["Rubric"] & { criteria: Criterion[] };

export type RubricLine = Schemas["RubricLine"];

/** What an assignment is assessed by. */
export type AssignmentRubric = Schemas["AssignmentRubric"] & { rubric: Rubric };

export interface RatingInput {
  rating_id?: string;
  description: string;
  points: number;
}

export interface CriterionInput {
  criterion_id?: string;
  description: string;
  long_description: string;
  points: number;
  ratings: RatingInput[];
  ranges: boolean;
  free_comments: boolean;
  scoring: boolean;
}

export interface RubricInput {
  title: string;
  criteria: CriterionInput[];
}

/** One criterion as it was assessed; points of null are open, not 0. */
export type CriterionScore = Schemas["CriterionView"];

export type Assessment = Schemas["AssessmentView"] & { rubric: Rubric };

export type SavedAssessment = Schemas["SavedAssessment"] & { assessment: Assessment };

export interface CriterionChange {
  points: number | null;
  rating_id: string | null;
  comment: string | null;
  version: number;
  rubric_version: number;
  /** Where a group is graded as one: not the others who made the work. */
  only_this_learner?: boolean;
  /** The attempt that is assessed; the latest when left out. */
  submission_id?: number;
}

export type MigrationLine = Schemas["MigrationLine"];

export type RubricPreview = Schemas["PreviewRubricResponse"];

export type RubricMigration = Schemas["RubricMigration"];

export interface RubricTable {
  criteria: CriterionInput[];
  problems: { line: number; column: number | null; message: string }[];
}

export const rubricsQuery = (courseId: number) =>
  queryOptions({
    queryKey: ["course", courseId, "rubrics"],
    queryFn: async () => (await http.get<Page<RubricLine>>(`/courses/${courseId}/rubrics`)).items,
  });

export const rubricQuery = (rubricId: number) =>
  queryOptions({
    queryKey: ["rubric", rubricId],
    queryFn: () => http.get<Rubric>(`/rubrics/${rubricId}`),
  });

export const createRubric = (courseId: number, rubric: RubricInput) =>
  http.post<Rubric>(`/courses/${courseId}/rubrics`, rubric);

export const saveRubric = (rubricId: number, rubric: RubricInput & { version: number }) =>
  http.put<Rubric>(`/rubrics/${rubricId}`, rubric);

export const deleteRubric = (rubricId: number, version: number) =>
  http.delete<void>(`/rubrics/${rubricId}`, { version });

export const readRubricTable = (courseId: number, text: string) =>
  http.post<RubricTable>(`/courses/${courseId}/rubric-tables`, { text });

/** What a change would make of the assessments that exist; nothing is kept. */
export const previewRubric = (rubricId: number, rubric: RubricInput) =>
  http.post<RubricPreview>(`/rubrics/${rubricId}/previews`, rubric);

export const migrationsQuery = (rubricId: number) =>
  queryOptions({
    queryKey: ["rubric", rubricId, "migrations"],
    queryFn: async () =>
      (await http.get<Page<RubricMigration>>(`/rubrics/${rubricId}/migrations`)).items,
    // One that is under way ends by itself.
    refetchInterval: (query) =>
      query.state.data?.some((one) => one.status === "applying" || one.status === "undoing")
        ? 1_000
        : false,
  });

export const startMigration = (rubricId: number, version: number) =>
  http.post<RubricMigration>(`/rubrics/${rubricId}/migrations`, { version });

export const undoMigration = (migrationId: number) =>
  http.put<RubricMigration>(`/rubric-migrations/${migrationId}/undo`);

/** Null where the assignment has none. */
export const assignmentRubricQuery = (assignmentId: number) =>
  queryOptions({
    queryKey: ["assignment", assignmentId, "rubric"],
    queryFn: async () => {
      try {
        return await http.get<AssignmentRubric>(`/assignments/${assignmentId}/rubric`);
      } catch (error) {
        if (hasStatus(error, 404)) return null;
        throw error;
      }
    },
  });

export const attachRubric = (
  assignmentId: number,
  choice: { rubric_id: number; total_is_score: boolean; version: number },
) => http.put<AssignmentRubric>(`/assignments/${assignmentId}/rubric`, choice);

export const detachRubric = (assignmentId: number, version: number) =>
  http.delete<void>(`/assignments/${assignmentId}/rubric`, { version });

export const saveCriterion = (
  assignmentId: number,
  userId: number,
  criterionId: string,
  change: CriterionChange,
) =>
  http.put<SavedAssessment>(
    `/assignments/${assignmentId}/rubric-assessments/${userId}/criteria/${criterionId}`,
    change,
  );
