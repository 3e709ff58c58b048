import "./questions.css";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { TextArea, TextField } from "../../../ui/field";
import type { Answers, AskedQuestion } from "./questions-api";

interface AnswerSheetProps {
  questions: AskedQuestion[];
  answers: Answers;
  onAnswer: (questionId: string, answer: string) => void;
}

/** What is asked, each with a place for the answer. Where it is kept is the page's affair. */
export function AnswerSheet({ questions, answers, onAnswer }: AnswerSheetProps) {
  return (
    <ol className="questions">
      {questions.map((question, at) => (
        <OneAnswer
          key={question.question_id}
          question={question}
          number={at + 1}
          answer={answers[question.question_id] ?? ""}
          onAnswer={(answer) => onAnswer(question.question_id, answer)}
        />
      ))}
    </ol>
  );
}

interface OneAnswerProps {
  question: AskedQuestion;
  number: number;
  answer: string;
  onAnswer: (answer: string) => void;
}

function OneAnswer({ question, number, answer, onAnswer }: OneAnswerProps) {
  const { t } = useTranslation();
  const id = useId();
  const field = {
    label: t("questions.answerTo", { number }),
    "aria-describedby": id,
    value: answer,
    onChange: (event: { target: { value: string } }) => onAnswer(event.target.value),
  };
  return (
    <li className="stack-tight">
      <div id={id}>
        <QuestionHead question={question} number={number} />
      </div>
      {question.kind === "free_text" && <TextArea rows={6} dir="auto" {...field} />}
      {question.kind === "numeric" && (
        <TextField inputMode="text" dir="ltr" autoComplete="off" {...field} help={hint()} />
      )}
      {question.kind === "code" && (
        <>
          <ShownTests question={question} />
          <TextArea className="input program" rows={12} dir="ltr" spellCheck={false} {...field} />
        </>
      )}
      {(question.kind === "exact" || question.kind === "pattern") && (
        <TextField dir="auto" autoComplete="off" {...field} />
      )}
    </li>
  );

  function hint() {
    const figures = question.significant_figures;
    const said = [
      question.has_unit && t("questions.withUnit"),
      figures && t("questions.toFigures", { count: figures }),
    ].filter(Boolean);
    return said.length > 0 ? said.join(" ") : undefined;
  }
}

/** The tests of a program that are no secret. */
function ShownTests({ question }: { question: AskedQuestion }) {
  const { t } = useTranslation();
  return (
    <details>
      <summary>
        {t("questions.code.writtenIn", {
          language: question.language ?? "",
          count: question.tests.length,
        })}
      </summary>
      {question.tests.map((test) => (
        <dl key={test.name} className="program-test">
          <dt>{t("questions.code.input")}</dt>
          <dd>
            <pre dir="ltr">{test.input}</pre>
          </dd>
          <dt>{t("questions.code.expected")}</dt>
          <dd>
            <pre dir="ltr">{test.expected}</pre>
          </dd>
        </dl>
      ))}
    </details>
  );
}

interface QuestionHeadProps {
  question: Pick<AskedQuestion, "prompt" | "points">;
  number: number;
}

/** A question as it is read, with what it is worth. */
export function QuestionHead({ question, number }: QuestionHeadProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <>
      <p className="row-between">
        <strong>{t("questions.number", { number })}</strong>
        <span className="small muted">
          {t("questions.worth", {
            count: question.points,
            points: formatNumber(question.points, locale, 4),
          })}
        </span>
      </p>
      <p className="prose" dir="auto">
        {question.prompt}
      </p>
    </>
  );
}
