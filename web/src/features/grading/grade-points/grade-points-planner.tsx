import { keepPreviousData, skipToken, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../ui/button";
import { ActionFailed } from "../../../ui/states";
import { forecastGradePoints, type LearnerGradePoints } from "./grade-points-api";
import { GradePointsView } from "./grade-points-view";

/** The learner's own averages, and what they would be with other letters in what goes on. */
export function GradePointsPlanner({ real }: { real: LearnerGradePoints }) {
  const { t } = useTranslation();
  const [guesses, setGuesses] = useState<ReadonlyMap<number, string>>(new Map());
  const asked = guesses.size > 0;
  const forecast = useQuery({
    queryKey: ["grade-points", "mine", "forecast", [...guesses]],
    queryFn: asked ? () => forecastGradePoints(guesses) : skipToken,
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const guess = (courseId: number, letter: string) =>
    setGuesses((before) => {
      const after = new Map(before);
      if (letter) after.set(courseId, letter);
      else after.delete(courseId);
      return after;
    });
  return (
    <GradePointsView
      points={(asked && forecast.data) || real}
      guessed={asked && forecast.data !== undefined}
      planner={{ guesses, guess }}
      notice={
        <>
          <ActionFailed error={asked ? forecast.error : null} />
          <div role="status">
            {asked && (
              <div className="row">
                <p className="notice grow">{t("gradePoints.plan.notSaved")}</p>
                <Button onClick={() => setGuesses(new Map())}>{t("gradePoints.plan.end")}</Button>
              </div>
            )}
          </div>
        </>
      }
    />
  );
}
