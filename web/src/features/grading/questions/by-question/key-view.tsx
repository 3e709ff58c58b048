import { useTranslation } from "react-i18next";
import type { AnswerKey, Question } from "../questions-api";

/** What a grader is to go by: the right answers, or what to look for. */
export function KeyView({ question }: { question: Question }) {
  const { t } = useTranslation();
  const said = wordsOf(question.key);
  const also = (question.also ?? []).map(wordsOf).filter(Boolean).join("\n");
  if (!said && !also && !question.credit_all) return null;
  return (
    <section aria-label={t("byQuestion.key")}>
      <h3 className="small muted">{t("byQuestion.key")}</h3>
      {said && (
        <p className="prose" dir="auto">
          {said}
        </p>
      )}
      {also && (
        <>
          <h4 className="small muted">{t("questions.corrections.acceptBefore")}</h4>
          <p className="prose" dir="auto">
            {also}
          </p>
        </>
      )}
      {question.credit_all && <p className="notice">{t("questions.corrections.creditAll")}</p>}
    </section>
  );
}

function wordsOf({ exact, numeric, pattern, free_text: text }: AnswerKey): string | undefined {
  if (!numeric) return text?.guidance ?? exact?.accepted.join("\n") ?? pattern?.pattern;
  const { value, tolerance, tolerance_percent: percent, units } = numeric;
  const within = tolerance && `± ${tolerance}${percent ? " %" : ""}`;
  return [value, within, units?.filter(Boolean).join(" / ")].filter(Boolean).join(" ");
}
