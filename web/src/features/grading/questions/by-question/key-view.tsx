import { useTranslation } from "react-i18next";
import type { Question } from "../questions-api";

/** What a grader is to go by: the right answers, or what to look for. */
export function KeyView({ question }: { question: Question }) {
  const { t } = useTranslation();
  const { exact, numeric, pattern, free_text: text } = question.key;
  const said =
    text?.guidance ??
    exact?.accepted.join("\n") ??
    pattern?.pattern ??
    (numeric && [numeric.value, numeric.units?.[0]].filter(Boolean).join(" "));
  if (!said) return null;
  return (
    <section aria-label={t("byQuestion.key")}>
      <h3 className="small muted">{t("byQuestion.key")}</h3>
      <p className="prose" dir="auto">
        {said}
      </p>
    </section>
  );
}
