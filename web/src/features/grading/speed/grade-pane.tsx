import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { asProblem, fieldError, hasStatus } from "../../../lib/problem";
import { Button } from "../../../ui/button";
import { TextArea, TextField } from "../../../ui/field";
import { SaveState } from "../../../ui/save-state";
import { ActionFailed } from "../../../ui/states";
import { When } from "../../../ui/when";
import type { Submission } from "../api";
import { RemarkReach } from "../components/remark-reach";
import { changeOf, parseEntry } from "../gradebook/score-text";
import { type GradeNow, type GradeWritten, writeGrade } from "../grades-api";
import { Mates, matesAfter, standsApart } from "../group-work/mates";
import { Assess } from "../rubrics/assess";
import { scoreOfAttempt } from "./attempt-choice";
import { CommentBank } from "./comment-bank";
import { countUse, type GradingWork, type SavedComment, savedCommentsQuery } from "./speed-api";
import { useCommentDraft } from "./use-comment-draft";

/** What was graded last, and how it was said. */
export interface Graded {
  userId: number;
  name: string;
  version: number;
  /** Others of the group whose grade went with it. */
  also: { userId: number; version: number }[];
  /** There is a score or an excuse: nobody need look at it again. */
  done: boolean;
}

interface GradePaneProps {
  assignmentId: number;
  item: GradingWork;
  /** The attempt that is shown, and that a score is for. */
  attempt?: Submission;
  scoreRef: RefObject<HTMLInputElement | null>;
  commentRef: RefObject<HTMLTextAreaElement | null>;
  /** Filled here: puts words into the comment. */
  insertRef: RefObject<((words: string) => void) | null>;
  onGraded: (graded: Graded) => void;
  onSaid: (comment: string) => void;
  /** The grade is saved; on to the next. */
  onDone: () => void;
}

/** Rubric, score and comment of one piece of work. */
export function GradePane(props: GradePaneProps) {
  const { assignmentId, item, attempt, onGraded, onSaid, onDone, scoreRef, commentRef, insertRef } =
    props;
  const { t } = useTranslation();
  const locale = useLocale();
  const queryClient = useQueryClient();
  const { work } = item;
  const [grade, setGrade] = useState({
    score: scoreOfAttempt(work, attempt),
    excused: work.grade?.status === "excused",
    version: work.grade?.version ?? 0,
  });
  const [mates, setMates] = useState(work.mates);
  const [only, setOnly] = useState(standsApart(work.mates) ?? false);
  const show = (score: number | null) => (score === null ? "" : formatNumber(score, locale, 6));
  const [text, setText] = useState(show(grade.score));
  // What was given here since the work was read, by attempt.
  const given = useRef(new Map<number, number | null>());
  const shown = useRef(attempt?.submission_id);
  const here = attempt?.submission_id;

  // Another attempt brings its own score; what somebody typed stays, and so does all else.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another attempt changes anything
  useEffect(() => {
    if (shown.current === here) return;
    shown.current = here;
    const known = here === undefined ? undefined : given.current.get(here);
    const score = known === undefined ? scoreOfAttempt(work, attempt) : known;
    setText((now) => (now === show(grade.score) ? show(score) : now));
    setGrade((now) => ({ ...now, score }));
  }, [here]);

  const comment = useCommentDraft(assignmentId, item);
  const [atOnce, setAtOnce] = useState(false);
  const entry = parseEntry(text, locale);
  const wanted = entry && (entry.score !== grade.score || entry.excused !== grade.excused);
  const words = comment.text.trim();
  const insert = (body: string) => {
    comment.change(comment.text.trim() ? `${comment.text.trimEnd()}\n${body}` : body);
    commentRef.current?.focus();
  };
  insertRef.current = insert;
  const fromBank = useRef<SavedComment[]>([]);

  /** Those put in and still there have been said now, beside this score. */
  function countKept(score: number | null) {
    const points = work.points_possible;
    const percent = score === null || points <= 0 ? null : (score / points) * 100;
    const said = fromBank.current.filter((kept) => words.includes(kept.body));
    fromBank.current = [];
    for (const id of new Set(said.map((kept) => kept.saved_comment_id))) {
      // Their count is for their owner's own eyes; nobody waits for it.
      void countUse(id, percent)
        .then(() => queryClient.invalidateQueries(savedCommentsQuery))
        .catch(() => {});
    }
  }

  function taken(written: GradeWritten) {
    const next = {
      score: written.entered_score,
      excused: written.status === "excused",
      version: written.version,
    };
    if (here !== undefined) given.current.set(here, next.score);
    // Saved for an attempt that is not shown any more: its score is not the shown one's.
    const isShown = shown.current === here;
    setGrade((now) => (isShown ? next : { ...next, score: now.score }));
    setMates((now) => matesAfter(now, written));
    onGraded({
      userId: work.user_id,
      name: item.name,
      version: next.version,
      also: (written.also ?? []).map((one) => ({ userId: one.user_id, version: one.version })),
      done: next.score !== null || next.excused,
    });
    return next;
  }

  const save = useMutation({
    mutationFn: async () => {
      if (!wanted && !words) return null;
      return writeGrade(assignmentId, work.user_id, {
        ...(wanted && entry && changeOf(entry, grade)),
        submission_id: wanted ? attempt?.submission_id : undefined,
        comment: words || undefined,
        comment_at_once: (words !== "" && atOnce) || undefined,
        only_this_learner: only || undefined,
        version: grade.version,
      });
    },
    onSuccess: (written) => {
      if (written && wanted) taken(written);
      if (words) onSaid(words);
      countKept(written ? written.entered_score : grade.score);
      comment.said();
      onDone();
    },
  });
  const conflict = hasStatus(save.error, 409)
    ? (asProblem(save.error).current as GradeNow | undefined)
    : undefined;

  return (
    <div className="stack">
      <Mates name={item.name} mates={mates} only={only} onOnly={setOnly} />
      {work.assessment && (
        <Assess
          assignmentId={assignmentId}
          userId={work.user_id}
          assessment={work.assessment}
          onlyThisLearner={only}
          submissionId={attempt?.submission_id}
          onSaved={(saved) => {
            const before = show(grade.score);
            const next = taken(saved.grade as GradeWritten);
            // What somebody typed stays; what only showed the score follows it.
            if (shown.current === here) {
              setText((now) => (now === before ? show(next.score) : now));
            }
          }}
        />
      )}
      <form
        className="stack"
        noValidate
        aria-label={t("grading.grade")}
        onSubmit={(event) => {
          event.preventDefault();
          if (entry && !save.isPending) save.mutate();
        }}
      >
        <TextField
          ref={scoreRef}
          label={t("grading.scoreField", { points: formatNumber(work.points_possible, locale) })}
          inputMode="decimal"
          value={text}
          error={entry ? fieldError(save.error, "score") : t("grading.notAScore", { text })}
          onChange={(event) => setText(event.target.value)}
        />
        <TextArea
          ref={commentRef}
          label={t("grading.comment")}
          rows={4}
          value={comment.text}
          onChange={(event) => comment.change(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
              event.preventDefault();
              event.currentTarget.form?.requestSubmit();
            } else if (event.key === "Escape") event.currentTarget.blur();
          }}
        />
        <RemarkReach waits={work.remarks_wait} atOnce={atOnce} onAtOnce={setAtOnce} />
        <SaveState status={comment.status} />
        {conflict && (
          <div className="notice" data-tone="bad" role="alert">
            <span className="grow">
              {t("grading.conflict.stands", {
                value: show(conflict.entered_score) || "–",
                name: conflict.graded_by?.name ?? "",
              })}{" "}
              {conflict.graded_at && <When at={conflict.graded_at} relative />}
            </span>
            <Button onClick={() => settle(conflict, false)}>
              {t("grading.conflict.keepTheirs")}
            </Button>
            <Button onClick={() => settle(conflict, true)}>{t("grading.conflict.keepMine")}</Button>
          </div>
        )}
        {!conflict && <ActionFailed error={save.error} />}
        <div className="row">
          <Button kind="primary" type="submit" busy={save.isPending}>
            {t("speed.saveNext")}
          </Button>
          <CommentBank
            text={comment.text}
            onInsert={(kept) => {
              fromBank.current.push(kept);
              insert(kept.body);
            }}
          />
        </div>
      </form>
    </div>
  );

  function settle(stands: GradeNow, mine: boolean) {
    setGrade({
      score: stands.entered_score,
      excused: stands.status === "excused",
      version: stands.version,
    });
    if (!mine) setText(show(stands.entered_score));
    save.reset();
  }
}
