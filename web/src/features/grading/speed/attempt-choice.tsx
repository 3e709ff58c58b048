import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { SelectField } from "../../../ui/field";
import type { Submission, Work } from "../api";

/** What was given for this attempt; null where nobody has said yet. */
export function scoreOfAttempt(work: Work, attempt: Submission | undefined): number | null {
  if (!attempt) return work.grade?.entered_score ?? null;
  const kept = work.kept?.attempts.find((one) => one.attempt === attempt.attempt);
  if (kept) return kept.entered;
  // A score without an attempt, as it comes by file, is of no other.
  const of = work.grade?.submission_id ?? attempt.submission_id;
  return of === attempt.submission_id ? (work.grade?.entered_score ?? null) : null;
}

interface AttemptChoiceProps {
  work: Work;
  shown: Submission;
  onShow: (submissionId: number) => void;
}

/** Which attempt is read and graded, which ones have been graded, and what follows for the queue. */
export function AttemptChoice({ work, shown, onShow }: AttemptChoiceProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const [latest] = work.attempts;
  if (work.attempts.length < 2 || !latest) return null;
  const graded = work.attempts.find((one) => one.submission_id === work.grade?.submission_id);
  return (
    <div className="stack-tight">
      <SelectField
        label={t("speed.attempt.shown")}
        value={String(shown.submission_id)}
        onChange={(event) => onShow(Number(event.target.value))}
        choices={work.attempts.map((one) => {
          const score = scoreOfAttempt(work, one);
          return {
            value: String(one.submission_id),
            label: [
              t("grading.attempt", { number: one.attempt }),
              one === latest && t("speed.attempt.latest"),
              score !== null &&
                t("speed.attempt.gradedWith", { score: formatNumber(score, locale, 4) }),
            ]
              .filter(Boolean)
              .join(" · "),
          };
        })}
      />
      <p className="small muted" role="status">
        {t("speed.attempt.now", { number: shown.attempt })}{" "}
        {graded ? t("speed.attempt.graded", { number: graded.attempt }) : t("speed.attempt.none")}{" "}
        {shown !== latest && t("speed.attempt.waits")}
      </p>
    </div>
  );
}
