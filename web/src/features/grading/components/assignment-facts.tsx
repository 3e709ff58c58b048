import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { When } from "../../../ui/when";
import type { Assignment } from "../api";

/** When, how much, how often and how: the facts under an assignment's title. */
export function AssignmentFacts({ assignment, zone }: { assignment: Assignment; zone: string }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const points = formatNumber(assignment.points_possible, locale);
  return (
    <dl className="facts panel">
      <div>
        <dt>{t("grading.field.due_at")}</dt>
        <dd>
          {assignment.due_at ? <When at={assignment.due_at} zone={zone} /> : t("grading.noDueDate")}
        </dd>
      </div>
      <div>
        <dt>{t("grading.field.points")}</dt>
        <dd className="figures">{points}</dd>
      </div>
      <div>
        <dt>{t("grading.field.types")}</dt>
        <dd>{assignment.submission_types.map((type) => t(`grading.type.${type}`)).join(", ")}</dd>
      </div>
      <div>
        <dt>{t("grading.field.attempts")}</dt>
        <dd className="figures">{assignment.attempts_allowed ?? t("grading.attemptsUnlimited")}</dd>
        {assignment.attempts_kept !== "latest" && (
          <dd className="small muted">
            {t(`gradePolicy.attempts.as.${assignment.attempts_kept}`)}
          </dd>
        )}
      </div>
      {assignment.unlocks_at && (
        <div>
          <dt>{t("grading.field.unlocks_at")}</dt>
          <dd>
            <When at={assignment.unlocks_at} zone={zone} />
          </dd>
        </div>
      )}
      {assignment.locks_at && (
        <div>
          <dt>{t("grading.field.locks_at")}</dt>
          <dd>
            <When at={assignment.locks_at} zone={zone} />
          </dd>
        </div>
      )}
    </dl>
  );
}
