import { useMemo } from "react";
import { type ClaimSource, useClaims } from "../../queue/use-claims";
import {
  type AnswerGroup,
  claimAnswers,
  type QuestionProgress,
  readAnswers,
  releaseAnswers,
  renewAnswers,
} from "./by-question-api";

/** Answers to one question, equal ones together, one group after the other. */
export function useAnswers(assignmentId: number, questionId: string) {
  const source = useMemo<ClaimSource<string, AnswerGroup, QuestionProgress>>(
    () => ({
      claim: async (count, known) => {
        const wish = { question_id: questionId, count, known };
        const { claims, progress } = await claimAnswers(assignmentId, wish);
        return {
          claims: claims.map((one) => ({ key: one.answer_key, item: one.group })),
          progress,
        };
      },
      read: (key) => readAnswers(assignmentId, questionId, key),
      renew: (keys) => renewAnswers(assignmentId, questionId, keys),
      release: (key, skip) => releaseAnswers(assignmentId, questionId, key, skip),
    }),
    [assignmentId, questionId],
  );
  return useClaims(source);
}
