import { useMutation } from "@tanstack/react-query";
import { type RefObject, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../../lib/i18n";
import { formatNumber, parseDecimal } from "../../../../lib/numbers";
import { asProblem, fieldError, hasStatus } from "../../../../lib/problem";
import { Button } from "../../../../ui/button";
import { TextArea, TextField } from "../../../../ui/field";
import { LeaveGuard } from "../../../../ui/leave-guard";
import { ActionFailed } from "../../../../ui/states";
import { CommentBank } from "../../speed/comment-bank";
import { type MarkInput, type Question, type QuestionMark, saveMarks } from "../questions-api";
import type { AnswerGroup, GroupedMark } from "./by-question-api";
import { Alike } from "./given-by";
import { standing, takingBack, toGive } from "./marks";

/** Marks that were given, and what takes them back. */
export interface Given {
  key: string;
  back: MarkInput[];
}

/** What the keys of the page do here. */
export interface MarkKeys {
  digit: (digit: string) => void;
  score: () => void;
  feedback: () => void;
  insert: (words: string) => void;
  /** Whether something is typed that is not saved. */
  unsaved: () => boolean;
}

interface GiveMarkProps {
  assignmentId: number;
  question: Question;
  group: AnswerGroup;
  keysRef: RefObject<MarkKeys | null>;
  onGiven: (given: Given, feedback: string) => void;
  /** Others have marked them meanwhile and theirs is to stay. */
  onLeft: () => void;
}

/** Points and feedback for all answers of a group. */
export function GiveMark(props: GiveMarkProps) {
  const { assignmentId, question, group, keysRef, onGiven, onLeft } = props;
  const { t } = useTranslation();
  const locale = useLocale();
  const say = (points: number) => formatNumber(points, locale, 4);
  const now = toGive(group);
  const stands = standing(now);
  const [first] = useState({
    score: stands?.score == null ? "" : say(stands.score),
    feedback: stands?.feedback ?? "",
  });
  const [score, setScore] = useState(first.score);
  const [feedback, setFeedback] = useState(first.feedback);
  const [notRead, setNotRead] = useState(false);
  const scoreRef = useRef<HTMLInputElement>(null);
  const feedbackRef = useRef<HTMLTextAreaElement>(null);
  const points = score.trim() ? parseDecimal(score, locale) : undefined;
  const save = useMutation({
    mutationFn: (upon: GroupedMark[]) =>
      saveMarks(assignmentId, {
        question_id: question.question_id,
        score: points ?? null,
        feedback,
        marks: upon.map(({ submission_id, version }) => ({ submission_id, version })),
      }),
    onSuccess: ({ marks }, upon) =>
      onGiven(
        { key: group.answer_key, back: takingBack(question.question_id, upon, marks) },
        feedback.trim(),
      ),
  });
  const met = hasStatus(save.error, 409)
    ? ((asProblem(save.error).current ?? []) as QuestionMark[])
    : undefined;
  const unsaved = () => !save.isSuccess && (score !== first.score || feedback !== first.feedback);

  function give(upon: GroupedMark[]) {
    setNotRead(points === undefined);
    if (points !== undefined && !save.isPending) save.mutate(upon);
  }

  keysRef.current = {
    unsaved,
    digit: (digit) => {
      setScore(digit);
      scoreRef.current?.focus();
    },
    score: () => scoreRef.current?.focus(),
    feedback: () => feedbackRef.current?.focus(),
    insert: (words) => {
      setFeedback((text) => (text.trim() ? `${text.trimEnd()}\n${words}` : words));
      feedbackRef.current?.focus();
    },
  };

  return (
    <form
      className="stack"
      noValidate
      aria-label={t("questions.mark")}
      onSubmit={(event) => {
        event.preventDefault();
        give(now);
      }}
    >
      <LeaveGuard unsaved={unsaved} />
      <Alike
        group={group}
        points={question.points}
        onSame={(same, words) => {
          setScore(say(same));
          setFeedback(words);
          scoreRef.current?.focus();
        }}
      />
      <TextField
        ref={scoreRef}
        label={t("questions.score", { points: say(question.points) })}
        inputMode="decimal"
        autoComplete="off"
        value={score}
        error={notRead ? t("byQuestion.notANumber") : fieldError(save.error, "score")}
        onChange={(event) => setScore(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
      />
      <TextArea
        ref={feedbackRef}
        label={t("questions.feedback")}
        rows={4}
        dir="auto"
        value={feedback}
        error={fieldError(save.error, "feedback")}
        onChange={(event) => setFeedback(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            event.currentTarget.form?.requestSubmit();
          } else if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
      {met ? (
        <div className="notice" data-tone="bad" role="alert">
          <span className="grow">
            {t("byQuestion.conflict", {
              count: met.filter((mark) => mark.score !== null).length,
              scores: [...new Set(met.map((mark) => mark.score))]
                .filter((one) => one !== null)
                .map(say)
                .join(", "),
            })}
          </span>
          <Button onClick={onLeft}>{t("grading.conflict.keepTheirs")}</Button>
          <Button onClick={() => give(met)}>{t("grading.conflict.keepMine")}</Button>
        </div>
      ) : (
        <ActionFailed error={save.error} />
      )}
      <div className="row">
        <Button kind="primary" type="submit" busy={save.isPending}>
          {t(now.length > 1 ? "byQuestion.saveAll" : "speed.saveNext", { count: now.length })}
        </Button>
        <CommentBank text={feedback} onInsert={(kept) => keysRef.current?.insert(kept.body)} />
      </div>
    </form>
  );
}
