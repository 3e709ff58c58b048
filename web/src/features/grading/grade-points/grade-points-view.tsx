import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { Badge } from "../../../ui/badge";
import { Button } from "../../../ui/button";
import { Empty } from "../../../ui/states";
import { DerivationTree } from "../components/derivation-tree";
import { CourseRows, type Planner } from "./course-rows";
import type { GradePointAverage, LearnerGradePoints } from "./grade-points-api";

interface GradePointsViewProps {
  points: LearnerGradePoints;
  /** Made of guesses, and marked as such. */
  guessed?: boolean;
  /** Left out for whoever may only read. */
  planner?: Planner;
  notice?: ReactNode;
}

/** A learner's averages: of all courses, and term by term with what each is made of. */
export function GradePointsView({
  points,
  guessed = false,
  planner,
  notice,
}: GradePointsViewProps) {
  const { t } = useTranslation();
  const id = useId();
  if (points.terms.length === 0) {
    return <Empty title={t("gradePoints.empty")}>{t("gradePoints.emptyHelp")}</Empty>;
  }
  const names = new Map(
    points.terms.flatMap((term) =>
      term.courses.map((course) => [`course:${course.course_id}`, course.title] as const),
    ),
  );
  return (
    <div className="stack">
      <section className="panel stack" aria-labelledby={`${id}-all`}>
        <div className="stack-tight">
          <h2 id={`${id}-all`}>
            {t("gradePoints.cumulative")}{" "}
            {guessed && <Badge>{t("grading.forecast.guessed")}</Badge>}
          </h2>
          <p className="muted small">
            {t("gradePoints.help")} {t(`gradePoints.repeats.${points.repeats}`)}
          </p>
        </div>
        <Average average={points.cumulative} names={names} large />
      </section>
      {planner && <p className="muted">{t("gradePoints.plan.help")}</p>}
      {notice}
      {points.terms.map((term) => (
        <section
          key={term.term_id ?? 0}
          className="panel stack"
          aria-labelledby={`${id}-${term.term_id ?? 0}`}
        >
          <h2 id={`${id}-${term.term_id ?? 0}`}>{term.name ?? t("gradePoints.noTerm")}</h2>
          <CourseRows courses={term.courses} planner={planner} />
          <Average average={term.average} names={names} />
        </section>
      ))}
    </div>
  );
}

interface AverageProps {
  average: GradePointAverage;
  names: Map<string, string>;
  large?: boolean;
}

function Average({ average, names, large }: AverageProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const [open, setOpen] = useState(false);
  const figure =
    average.average === null ? t("grading.noGrade") : formatNumber(average.average, locale);
  return (
    <>
      <p className={large ? "total-figure figures" : "figures"}>
        {!large && <span className="muted">{t("gradePoints.ofTerm")} </span>}
        <strong>{figure}</strong>{" "}
        {average.average !== null && (
          <span className="muted small">
            {t("gradePoints.of", {
              points: formatNumber(average.grade_points, locale),
              credits: formatNumber(average.credits, locale),
            })}
          </span>
        )}
      </p>
      <div>
        <Button aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? "grading.explain.hide" : "grading.explain.show")}
        </Button>
      </div>
      {open && <DerivationTree node={average.derivation} names={names} />}
    </>
  );
}
