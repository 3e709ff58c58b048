import "../../speed/speed.css";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChevronLeft, ChevronRight, CircleHelp } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFilters } from "../../../../lib/address";
import { announce } from "../../../../lib/announce";
import { useHotkeys } from "../../../../lib/hotkeys";
import { Button, IconButton } from "../../../../ui/button";
import { SelectField } from "../../../../ui/field";
import { LeaveDialog } from "../../../../ui/leave-guard";
import { ActionFailed, Empty, Failed, Skeleton } from "../../../../ui/states";
import { toast } from "../../../../ui/toast";
import { useFreshLists } from "../../queue/use-fresh-lists";
import { KeyList } from "../../speed/keys-help";
import { QuestionHead } from "../answer-sheet";
import { Answer } from "../answers-view";
import { type Question, saveMarks } from "../questions-api";
import { type AnswerGroup, type GroupedMark, marksQuery } from "./by-question-api";
import { GiveMark, type Given, type MarkKeys } from "./give-mark";
import { GivenBy } from "./given-by";
import { KeyView } from "./key-view";
import { JudgedCount, shortened } from "./question-list";
import { useAnswers } from "./use-answers";

interface AnswerQueueProps {
  assignmentId: number;
  questions: Question[];
  question: Question;
}

/** The answers to one question: the server hands them out, equal ones together. */
export function AnswerQueue({ assignmentId, questions, question }: AnswerQueueProps) {
  const { t } = useTranslation();
  const [, setFilters] = useFilters();
  const queue = useAnswers(assignmentId, question.question_id);
  const { current, progress } = queue;
  const given = useRef<Given[]>([]);
  const undoing = useRef(Promise.resolve());
  const [lastFeedback, setLastFeedback] = useState("");
  const [help, setHelp] = useState(false);
  const [undoError, setUndoError] = useState<unknown>();
  const keysRef = useRef<MarkKeys | null>(null);
  const headingRef = useRef<HTMLHeadingElement>(null);
  const here = current?.answer_key;
  const number = questions.indexOf(question) + 1;
  const [leaving, setLeaving] = useState<() => void>();

  /** Asks first where something is typed and not saved. */
  function leave(go: () => void) {
    if (current && keysRef.current?.unsaved()) setLeaving(() => go);
    else go();
  }

  const goOn = () => leave(() => void queue.next(given.current.some((one) => one.key === here)));
  const goBack = () => leave(() => void queue.previous());

  // biome-ignore lint/correctness/useExhaustiveDependencies: told when another answer is shown
  useEffect(() => {
    if (!current) return;
    headingRef.current?.focus();
    const count = current.waiting || current.judged;
    announce(t("byQuestion.now", { number, count, waiting: progress?.waiting ?? 0 }));
  }, [current]);

  useFreshLists(assignmentId);

  async function takeBack() {
    const last = given.current.at(-1);
    if (!last) return toast(t("speed.undo.nothing"));
    setUndoError(undefined);
    try {
      for (const input of last.back) await saveMarks(assignmentId, input);
      given.current.pop();
      const count = last.back.reduce((sum, input) => sum + input.marks.length, 0);
      toast(t("byQuestion.undone", { count }));
      await queue.open(last.key);
    } catch (failure) {
      setUndoError(failure);
    }
  }

  /** One after the other, however fast the key is pressed again. */
  function undo() {
    undoing.current = undoing.current.then(takeBack);
  }

  useHotkeys({
    j: goOn,
    k: goBack,
    g: () => keysRef.current?.score(),
    c: () => keysRef.current?.feedback(),
    u: () => leave(undo),
    ".": () => {
      if (!lastFeedback) return;
      keysRef.current?.insert(lastFeedback);
      announce(t("speed.repeated"));
    },
    ...Object.fromEntries(
      Array.from({ length: 10 }, (_, digit) => [
        String(digit),
        () => keysRef.current?.digit(String(digit)),
      ]),
    ),
  });

  return (
    <>
      <search className="toolbar">
        <SelectField
          label={t("byQuestion.question")}
          value={question.question_id}
          onChange={(event) => setFilters({ question: event.target.value })}
          choices={questions.map((one, at) => ({
            value: one.question_id,
            label: `${at + 1}. ${shortened(one.prompt)}`,
          }))}
        />
        <span role="status">
          <JudgedCount progress={progress} />
          {progress && progress.held_by_others > 0 && (
            <span className="muted">
              {" · "}
              {t("speed.others", { count: progress.held_by_others })}
            </span>
          )}
        </span>
        <Link to="." search={{}} className="button" data-kind="quiet">
          {t("byQuestion.all")}
        </Link>
        <IconButton
          label={t("speed.keys.title")}
          icon={<CircleHelp size={18} />}
          onClick={() => setHelp(true)}
        />
      </search>
      <ActionFailed error={undoError} />
      {queue.error && !current ? (
        <Failed
          error={queue.error}
          onRetry={() => void queue.fill().then(() => queue.next(true))}
        />
      ) : null}
      {queue.error && current ? <ActionFailed error={queue.error} /> : null}
      {!current && !queue.done && !queue.error && <Skeleton lines={6} />}
      {queue.done && (
        <Finished
          assignmentId={assignmentId}
          questions={questions}
          question={question}
          others={(progress?.held_by_others ?? 0) > 0}
          onAgain={() => void queue.next(true)}
        />
      )}
      {current && (
        <div className="speed" data-answers={here}>
          <section className="panel stack" aria-labelledby="answer-head">
            <div className="row-between">
              <h2 id="answer-head" ref={headingRef} tabIndex={-1}>
                <GroupName group={current} />
              </h2>
              <div className="row">
                <IconButton
                  label={t("byQuestion.previous")}
                  icon={<ChevronLeft size={18} className="flips" />}
                  disabled={queue.isFirst}
                  onClick={goBack}
                />
                <IconButton
                  label={t("byQuestion.next")}
                  icon={<ChevronRight size={18} className="flips" />}
                  onClick={goOn}
                />
              </div>
            </div>
            {current.held_by && (
              <p className="notice" data-tone="warn">
                {t("speed.heldBy", { name: current.held_by.name ?? "" })}
              </p>
            )}
            <QuestionHead question={question} number={number} />
            <h3 className="small muted">{t("byQuestion.answer")}</h3>
            <Answer text={current.answer} program={question.key.kind === "code"} />
            <GivenBy group={current} />
            <KeyView question={question} />
          </section>
          <section className="panel" aria-label={t("speed.assess")}>
            <GiveMark
              key={`${here}-${current.marks.map(asRead).join()}`}
              assignmentId={assignmentId}
              question={question}
              group={current}
              keysRef={keysRef}
              onGiven={(one, feedback) => {
                given.current = [...given.current.slice(-49), one];
                if (feedback) setLastFeedback(feedback);
                void queue.next(true);
              }}
              onLeft={() => void queue.open(current.answer_key)}
            />
          </section>
        </div>
      )}
      {leaving && (
        <LeaveDialog
          onStay={() => setLeaving(undefined)}
          onLeave={() => {
            setLeaving(undefined);
            leaving();
          }}
        />
      )}
      {help && <KeyList keys={keys} onClose={() => setHelp(false)} />}
    </>
  );
}

const keys = [
  ["j", "speed.keys.next"],
  ["k", "speed.keys.previous"],
  ["0–9", "byQuestion.keys.digit"],
  ["g", "speed.keys.grade"],
  ["Enter", "speed.keys.save"],
  ["c", "byQuestion.keys.feedback"],
  ["Ctrl Enter", "byQuestion.keys.saveFromFeedback"],
  [".", "byQuestion.keys.repeat"],
  ["u", "byQuestion.keys.undo"],
  ["Esc", "byQuestion.keys.leave"],
] as const;

const asRead = (mark: GroupedMark) => `${mark.submission_id}.${mark.version}`;

function GroupName({ group }: { group: AnswerGroup }) {
  const { t } = useTranslation();
  const count = group.waiting || group.judged;
  const [only] = group.learners;
  return <>{count === 1 && only ? only.name : t("byQuestion.givenBy", { count })}</>;
}

/** Nothing waits here; perhaps elsewhere. */
function Finished(props: AnswerQueueProps & { others: boolean; onAgain: () => void }) {
  const { assignmentId, questions, question, others, onAgain } = props;
  const { t } = useTranslation();
  const query = useQuery({ ...marksQuery(assignmentId), staleTime: 0 });
  const open = questions.findIndex((one) =>
    query.data?.some(
      (of) =>
        of.question_id === one.question_id &&
        of.question_id !== question.question_id &&
        of.waiting > of.held_by_others,
    ),
  );
  return (
    <Empty
      title={t("byQuestion.done")}
      action={
        <div className="row">
          {open >= 0 && (
            <Link
              to="."
              search={{ question: questions[open]?.question_id ?? "" }}
              className="button"
              data-kind="primary"
            >
              {t("byQuestion.goOn", { number: open + 1 })}
            </Link>
          )}
          <Button onClick={onAgain}>{t("speed.lookAgain")}</Button>
        </div>
      }
    >
      {t(others ? "byQuestion.doneOthers" : "byQuestion.doneHelp")}
    </Empty>
  );
}
