import "./rubrics.css";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import type { Assessment, Criterion, CriterionScore, Rubric } from "./rubrics-api";

/** A rubric to read, with what one piece of work earned where that is known. */
export function RubricView({ rubric, scores }: { rubric: Rubric; scores?: CriterionScore[] }) {
  return (
    <ul className="assess" style={{ paddingInlineStart: 0 }}>
      {rubric.criteria.map((criterion) => (
        <li key={criterion.criterion_id} className="criterion">
          <CriterionHead
            criterion={criterion}
            points={pointsOf(scores, criterion.criterion_id)}
            assessed={scores !== undefined}
          />
          <div className="ratings">
            {criterion.ratings.map((rating) => (
              <RatingRead
                key={rating.rating_id}
                rating={rating}
                chosen={scoreOf(scores, criterion.criterion_id)?.rating_id === rating.rating_id}
              />
            ))}
          </div>
          {scoreOf(scores, criterion.criterion_id)?.comment && (
            <p className="prose">{scoreOf(scores, criterion.criterion_id)?.comment}</p>
          )}
        </li>
      ))}
    </ul>
  );
}

/** A learner's own assessment, once the grade is posted. */
export function AssessmentCard({ assessment }: { assessment: Assessment }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <section className="panel stack" aria-labelledby="assessment-title">
      <h2 id="assessment-title">{t("rubrics.assessment")}</h2>
      {assessment.total !== null && (
        <p className="figures">
          {t("rubrics.earned", {
            points: formatNumber(assessment.total, locale, 4),
            most: formatNumber(assessment.rubric.points_possible, locale, 4),
          })}
        </p>
      )}
      <RubricView rubric={assessment.rubric} scores={assessment.criteria} />
    </section>
  );
}

interface CriterionHeadProps {
  criterion: Criterion;
  points?: number | null;
  /** There are scores, so one that is missing is said to be open. */
  assessed?: boolean;
}

export function CriterionHead({ criterion, points, assessed }: CriterionHeadProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const most = formatNumber(criterion.points, locale, 4);
  const worth = criterion.scoring
    ? points !== null && points !== undefined
      ? t("rubrics.earned", { points: formatNumber(points, locale, 4), most })
      : t(assessed ? "rubrics.open" : "rubrics.upTo", { most })
    : t("rubrics.notCounted");
  return (
    <>
      <div className="row-between">
        <strong>{criterion.description}</strong>
        <span className="small figures muted">{worth}</span>
      </div>
      {criterion.long_description && (
        <p className="small muted prose">{criterion.long_description}</p>
      )}
    </>
  );
}

interface RatingReadProps {
  rating: Criterion["ratings"][number];
  chosen: boolean;
}

function RatingRead({ rating, chosen }: RatingReadProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <div className="rating" data-read data-chosen={chosen || undefined}>
      <span>
        {rating.description}
        {chosen && <span className="visually-hidden"> {t("rubrics.chosen")}</span>}
      </span>
      <span className="small figures muted">{formatNumber(rating.points, locale, 4)}</span>
    </div>
  );
}

function scoreOf(scores: CriterionScore[] | undefined, id: string): CriterionScore | undefined {
  return scores?.find((one) => one.criterion_id === id);
}

function pointsOf(scores: CriterionScore[] | undefined, id: string): number | null | undefined {
  return scoreOf(scores, id)?.points;
}
