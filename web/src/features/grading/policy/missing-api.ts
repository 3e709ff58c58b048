import { queryOptions } from "@tanstack/react-query";
import { http } from "../../../lib/http";
import type { Schemas } from "../../../lib/schemas";

export type MissingPolicy = Required<Schemas["GradingRulesMissing"]>;

/** What scoring by the dates would score now, and how much it has scored. */
export const missingWorkQuery = (courseId: number) =>
  queryOptions({
    queryKey: ["course", courseId, "missing-work"],
    queryFn: () =>
      http.get<Schemas["ListMissingWorkResponse"]>(`/courses/${courseId}/missing-work`),
  });
