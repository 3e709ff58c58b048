import "./questions.css";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { Badge } from "../../../ui/badge";
import type { Submission } from "../api";
import { QuestionHead } from "./answer-sheet";
import { MarkForm } from "./mark-form";
import { type QuestionMark, questionsQuery } from "./questions-api";

interface AnswersViewProps {
  submission: Submission;
  marks: QuestionMark[];
  /** Told when a grader has marked an answer; without it nothing can be marked. */
  onMarked?: () => void;
}

/** The answers of an attempt, with what each earned as far as the reader may know. */
export function AnswersView({ submission, marks, onMarked }: AnswersViewProps) {
  const { answers, assignment_id: assignmentId, submission_id: attempt } = submission;
  const asked = useQuery({ ...questionsQuery(assignmentId), enabled: answers !== null }).data;
  if (!answers || !asked) return null;
  return (
    <ol className="questions">
      {asked.items.map((question, at) => {
        const mark = marks.find(
          (one) => one.submission_id === attempt && one.question_id === question.question_id,
        );
        return (
          <li key={question.question_id} className="stack-tight">
            <QuestionHead question={question} number={at + 1} />
            <Answer text={answers[question.question_id] ?? ""} program={question.kind === "code"} />
            {mark && <Mark mark={mark} />}
            {mark && onMarked && (
              <MarkForm
                key={mark.version}
                assignmentId={assignmentId}
                mark={mark}
                onMarked={onMarked}
              />
            )}
          </li>
        );
      })}
    </ol>
  );
}

export function Answer({ text, program }: { text: string; program?: boolean }) {
  const { t } = useTranslation();
  if (!text.trim()) return <p className="muted">{t("questions.noAnswer")}</p>;
  if (program) {
    return (
      <pre className="answer program" dir="ltr">
        {text}
      </pre>
    );
  }
  return (
    <blockquote className="answer prose" dir="auto">
      {text}
    </blockquote>
  );
}

/** How the tests of a program went; of a hidden one only whether it was passed. */
function Results({ results }: { results: NonNullable<QuestionMark["results"]> }) {
  const { t } = useTranslation();
  return (
    <ul className="rows program-results">
      {results.map((result, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: tests stand in their order, and hidden ones have no name
        <li key={at} className="stack-tight">
          <span className="row">
            <Badge tone={result.passed ? "good" : "bad"}>
              {t(result.passed ? "questions.code.passed" : "questions.code.failed")}
            </Badge>
            <span>{result.name || t("questions.code.hiddenTest", { number: at + 1 })}</span>
            {result.end !== "ended" && (
              <span className="small muted">{t(`questions.end.${result.end}`)}</span>
            )}
          </span>
          {!result.passed && result.said && (
            <pre className="answer program" dir="ltr">
              {result.said}
            </pre>
          )}
        </li>
      ))}
    </ul>
  );
}

function Mark({ mark }: { mark: QuestionMark }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const tone = mark.score === null ? "warn" : mark.score >= mark.points ? "good" : undefined;
  return (
    <>
      <p className="row">
        <Badge tone={tone}>
          {mark.score === null
            ? t("questions.waits")
            : t("questions.earned", {
                score: formatNumber(mark.score, locale, 4),
                points: formatNumber(mark.points, locale, 4),
              })}
        </Badge>
        {!mark.by_person && (
          <span className="small muted">{t(`questions.outcome.${mark.outcome}`)}</span>
        )}
      </p>
      {mark.results && mark.results.length > 0 && <Results results={mark.results} />}
      {mark.feedback && (
        <p className="prose" dir="auto">
          {mark.feedback}
        </p>
      )}
    </>
  );
}
