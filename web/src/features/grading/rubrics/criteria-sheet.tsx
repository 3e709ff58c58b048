import "./rubrics.css";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { CriterionAssess } from "./criterion-assess";
import type { CriterionScore, Rubric } from "./rubrics-api";
import type { Said } from "./use-assessment";
import { totalOf } from "./use-sheet";

interface CriteriaSheetProps {
  rubric: Rubric;
  said: Record<string, Said>;
  onSay: (criterionId: string, said: Said) => void;
}

/** The rubric in the hands of somebody whose assessment is sent as a whole. */
export function CriteriaSheet({ rubric, said, onSay }: CriteriaSheetProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <section className="assess" aria-label={t("rubrics.one")}>
      <strong className="figures">
        {t("rubrics.earned", {
          points: formatNumber(totalOf(rubric, said).earned, locale, 4),
          most: formatNumber(rubric.points_possible, locale, 4),
        })}
      </strong>
      {rubric.criteria.map((criterion) => (
        <CriterionAssess
          key={criterion.criterion_id}
          criterion={criterion}
          score={scoreOf(criterion.criterion_id, said[criterion.criterion_id])}
          onChange={(next) => onSay(criterion.criterion_id, next)}
          onChoose={() => undefined}
        />
      ))}
    </section>
  );
}

const scoreOf = (id: string, said?: Said): CriterionScore | undefined =>
  said && { ...said, criterion_id: id, version: 0, grader_id: null, grader_name: null, at: "" };
