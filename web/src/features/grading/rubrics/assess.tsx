import "./rubrics.css";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { SaveState } from "../../../ui/save-state";
import { ActionFailed } from "../../../ui/states";
import { CriterionAssess } from "./criterion-assess";
import type { Assessment, SavedAssessment } from "./rubrics-api";
import { useAssessment } from "./use-assessment";

interface AssessProps {
  assignmentId: number;
  userId: number;
  assessment: Assessment;
  onSaved: (saved: SavedAssessment) => void;
  /** Not for the others of the learner's group. */
  onlyThisLearner?: boolean;
  /** The attempt that is shown; the latest when left out. */
  submissionId?: number;
}

/** The rubric in a grader's hands: each criterion is saved by itself, and says when it is. */
export function Assess(props: AssessProps) {
  const { assignmentId, userId, assessment, onSaved, onlyThisLearner, submissionId } = props;
  const { t } = useTranslation();
  const locale = useLocale();
  const state = useAssessment(assignmentId, userId, assessment, onSaved, {
    only_this_learner: onlyThisLearner || undefined,
    submission_id: submissionId,
  });
  const { now } = state;
  const total = now.total === null ? "–" : formatNumber(now.total, locale, 4);
  return (
    <section className="assess" aria-label={t("rubrics.one")}>
      <div className="row-between">
        <strong className="figures">
          {t("rubrics.earned", {
            points: total,
            most: formatNumber(now.rubric.points_possible, locale, 4),
          })}
        </strong>
        <SaveState status={state.status} />
      </div>
      {now.made_with_version !== now.rubric.version && (
        <p className="notice" data-tone="warn">
          {t("rubrics.madeWith", { made: now.made_with_version, now: now.rubric.version })}
        </p>
      )}
      {state.rubricChanged && (
        <p className="notice" data-tone="bad" role="alert">
          {t("rubrics.changedMeanwhile")}
        </p>
      )}
      <ActionFailed error={state.error} />
      {now.rubric.criteria.map((criterion) => (
        <CriterionAssess
          key={`${now.rubric.version}-${criterion.criterion_id}`}
          criterion={criterion}
          score={now.criteria.find((one) => one.criterion_id === criterion.criterion_id)}
          sending={state.sending[criterion.criterion_id]}
          conflict={state.conflicts[criterion.criterion_id]}
          onChange={(said) => state.save(criterion.criterion_id, said)}
          onChoose={(mine) => state.choose(criterion.criterion_id, mine)}
        />
      ))}
    </section>
  );
}
