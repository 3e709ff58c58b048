import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { policyQuery } from "../policy-api";
import type { GradebookModel } from "./gradebook-model";

/** Tells an open gradebook the course's letters, which are part of its rules. */
export function useLetters(courseId: number, model: GradebookModel): void {
  const letters = useQuery(policyQuery(courseId)).data?.policy?.letter_scheme;
  useEffect(() => {
    if (letters) model.lettered(letters.bands);
  }, [model, letters]);
}
