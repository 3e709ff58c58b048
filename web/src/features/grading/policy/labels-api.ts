import { queryOptions } from "@tanstack/react-query";
import { http } from "../../../lib/http";
import type { Schemas } from "../../../lib/schemas";
import type { Tone } from "../../../ui/badge";

export type LabelKind = "late" | "missing";

/** What the course calls something; null leaves it to the product's own words. */
export type Label = Schemas["Label"];

export type CustomStatus = Schemas["CustomStatus"];

export type GradeLabels = Required<Schemas["GradeLabels"]>;

export type StoredLabels = Schemas["StoredLabels"] & { labels: GradeLabels };

export const tones: Tone[] = ["plain", "info", "good", "warn", "bad"];

export const labelsQuery = (courseId: number) =>
  queryOptions({
    queryKey: ["course", courseId, "grade-labels"],
    queryFn: () => http.get<StoredLabels>(`/courses/${courseId}/grade-labels`),
    enabled: courseId > 0,
    staleTime: 60_000,
  });

export const saveLabels = (courseId: number, change: StoredLabels) =>
  http.put<StoredLabels>(`/courses/${courseId}/grade-labels`, change);
