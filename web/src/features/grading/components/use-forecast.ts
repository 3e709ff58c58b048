import { skipToken, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useLocale } from "../../../lib/i18n";
import { parseDecimal } from "../../../lib/numbers";
import { type ForecastQuestion, forecastGrades, type LearnerGrades } from "../grades-api";

/** What is typed, by assignment. */
export type Guesses = ReadonlyMap<number, string>;

const PAUSE_MS = 250;

/** What would come of other scores. The server's own calculator answers; nothing is stored. */
export function useForecast(real: LearnerGrades) {
  const locale = useLocale();
  const [guessing, setGuessing] = useState(false);
  const [guesses, setGuesses] = useState<Guesses>(new Map());
  const [target, setTarget] = useState("");
  const percent = parseDecimal(target, locale);
  const question: ForecastQuestion = {
    guesses: [...guesses].flatMap(([assignment_id, text]) => {
      const score = parseDecimal(text, locale);
      return score === undefined ? [] : [{ assignment_id, score }];
    }),
    target_percent: percent ?? null,
    view: real.view,
  };
  const settled = useAfterPause(JSON.stringify(question));
  const asked: ForecastQuestion = JSON.parse(settled);
  const query = useQuery({
    queryKey: ["course", real.course_id, "grades", real.user_id, "forecast", settled],
    queryFn: isAsked(asked) ? () => forecastGrades(real.course_id, real.user_id, asked) : skipToken,
    staleTime: 0,
    gcTime: 0,
  });
  const shown = isAsked(question) && isAsked(asked);

  return {
    /** Undefined while nothing is asked. */
    answer: shown ? query.data : undefined,
    /** The answer is made of guesses, and not only of what is known. */
    guessed: shown && query.data !== undefined && asked.guesses.length > 0,
    error: shown ? query.error : null,
    guessing,
    guesses,
    target,
    setTarget,
    guess: (assignmentId: number, text: string) =>
      setGuesses((before) => new Map(before).set(assignmentId, text)),
    /** Takes scores as guesses, beside those that were typed. */
    take: (scores: { assignment_id: number; score: number | null }[]) => {
      setGuessing(true);
      setGuesses((before) => {
        const after = new Map(before);
        for (const { assignment_id, score } of scores) {
          if (score !== null) after.set(assignment_id, score.toLocaleString(locale));
        }
        return after;
      });
    },
    begin: () => setGuessing(true),
    end: () => {
      setGuessing(false);
      setGuesses(new Map());
      setTarget("");
    },
  };
}

export type Forecast = ReturnType<typeof useForecast>;

const isAsked = (question: ForecastQuestion) =>
  question.guesses.length > 0 || question.target_percent !== null;

function useAfterPause(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
