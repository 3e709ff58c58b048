import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../../lib/i18n";
import { formatNumber } from "../../../../lib/numbers";
import { Badge } from "../../../../ui/badge";
import { QueryView } from "../../../../ui/query-view";
import { Empty } from "../../../../ui/states";
import type { Question } from "../questions-api";
import { marksQuery, type QuestionProgress } from "./by-question-api";

/** All questions, with how far the marking of each has come. */
export function QuestionList({
  assignmentId,
  questions,
}: {
  assignmentId: number;
  questions: Question[];
}) {
  const { t } = useTranslation();
  const query = useQuery(marksQuery(assignmentId));
  if (questions.length === 0) {
    return <Empty title={t("byQuestion.none")}>{t("byQuestion.noneHelp")}</Empty>;
  }
  return (
    <QueryView query={query}>
      {(progress) => (
        <ol className="rows panel">
          {questions.map((question, at) => {
            const here = progress.find((one) => one.question_id === question.question_id);
            return (
              <li key={question.question_id}>
                <Link
                  to="."
                  search={{ question: question.question_id }}
                  className="rows-link"
                  data-question={question.question_id}
                >
                  <span className="grow">
                    <strong>{t("questions.number", { number: at + 1 })}</strong>
                    <br />
                    <span className="small muted" dir="auto">
                      {shortened(question.prompt)}
                    </span>
                  </span>
                  <JudgedCount progress={here} />
                  {here && here.waiting > 0 && (
                    <Badge tone="info">{t("byQuestion.waits", { count: here.waiting })}</Badge>
                  )}
                </Link>
              </li>
            );
          })}
        </ol>
      )}
    </QueryView>
  );
}

/** "41 of 120 judged". */
export function JudgedCount({ progress }: { progress: QuestionProgress | undefined }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { judged = 0, waiting = 0 } = progress ?? {};
  return (
    <span className="figures muted">
      {t("byQuestion.judged", {
        judged: formatNumber(judged, locale),
        total: formatNumber(judged + waiting, locale),
      })}
    </span>
  );
}

export const shortened = (prompt: string) =>
  prompt.length > 90 ? `${prompt.slice(0, 90).trimEnd()}…` : prompt;
