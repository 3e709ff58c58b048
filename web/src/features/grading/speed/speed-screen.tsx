import "./speed.css";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChevronLeft, ChevronRight, CircleHelp, Columns2, Mic, Pin } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFilters } from "../../../lib/address";
import { announce } from "../../../lib/announce";
import { useHotkeys } from "../../../lib/hotkeys";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { Button, IconButton } from "../../../ui/button";
import { SelectField } from "../../../ui/field";
import { Page } from "../../../ui/page";
import { ActionFailed, Empty, Failed, Skeleton } from "../../../ui/states";
import { toast } from "../../../ui/toast";
import { WorkPane } from "../annotate/work-pane";
import { assignmentQuery, type WorkComment } from "../api";
import { type Beside, SideBySide } from "../beside/side-by-side";
import { CalibrationNotice } from "../calibration/calibration-panel";
import { WithheldNotice } from "../calibration/withheld-notice";
import { WorkComments } from "../components/work-comments";
import { recordGrades, writeGrade } from "../grades-api";
import { MarkPane } from "../marking/mark-pane";
import { PaceMeter } from "../pace/pace-meter";
import { AnswersView } from "../questions/answers-view";
import { useFreshLists } from "../queue/use-fresh-lists";
import { rateFirstOpen } from "../rubrics/criteria-focus";
import { VoiceDialog } from "../voice/voice-dialog";
import { AttachFiles } from "../work-files/attach-files";
import { AttemptChoice } from "./attempt-choice";
import { DeskNotices } from "./desk-notices";
import { type Graded, GradePane } from "./grade-pane";
import { KeysHelp } from "./keys-help";
import { ReturnDialog } from "./return-dialog";
import { useQueue } from "./use-queue";

interface SpeedScreenProps {
  assignmentId: number;
  sections: { section_id: number; name: string }[];
}

/** Grading at speed: the server hands out the work, one piece at a time. */
export function SpeedScreen({ assignmentId, sections }: SpeedScreenProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const [{ section, order }, setFilters] = useFilters();
  const assignment = useQuery(assignmentQuery(assignmentId)).data;
  const queue = useQueue(assignmentId, {
    section: section ? Number(section) : null,
    order: order === "name" ? "name" : "oldest",
  });
  const { current, progress } = queue;
  const [help, setHelp] = useState(false);
  const [split, setSplit] = useState(false);
  const [beside, setBeside] = useState<Beside>();
  const [speaking, setSpeaking] = useState(false);
  const [returning, setReturning] = useState(false);
  const [graded, setGraded] = useState<Graded[]>([]);
  const [lastComment, setLastComment] = useState("");
  // What was said with files since the work was laid out.
  const [said, setSaid] = useState<{ to: number; comment: WorkComment }[]>([]);
  const [undoError, setUndoError] = useState<unknown>();
  const scoreRef = useRef<HTMLInputElement>(null);
  const commentRef = useRef<HTMLTextAreaElement>(null);
  const insertRef = useRef<((words: string) => void) | null>(null);
  const headingRef = useRef<HTMLHeadingElement>(null);
  const here = current?.work.user_id;
  const [chosen, setChosen] = useState<number>();
  const attempts = current?.work.attempts ?? [];
  const attempt = attempts.find((one) => one.submission_id === chosen) ?? attempts[0];
  const isGraded = graded.some((one) => one.userId === here && one.done);

  // biome-ignore lint/correctness/useExhaustiveDependencies: told when another piece is on the desk
  useEffect(() => {
    if (!current) return;
    headingRef.current?.focus();
    announce(t("speed.now", { name: current.name, waiting: progress?.waiting ?? 0 }));
  }, [here]);

  useFreshLists(assignmentId);

  async function undo() {
    const last = graded.at(-1);
    if (!last || (last.also.length > 0 && !assignment)) return toast(t("speed.undo.nothing"));
    setUndoError(undefined);
    try {
      // What went with it is taken back with it.
      const steps = [last, ...last.also].map(({ userId, version }) => ({
        user_id: userId,
        restore: version - 1,
        version,
      }));
      const [first, ...others] = steps;
      if (others.length > 0 && assignment) {
        await recordGrades(
          assignment.course_id,
          steps.map((step) => ({ ...step, assignment_id: assignmentId })),
        );
      } else if (first) {
        const { restore, version } = first;
        await writeGrade(assignmentId, last.userId, { restore, version });
      }
      setGraded((all) => all.slice(0, -1));
      toast(t("speed.undo.done", { name: last.name }));
      await queue.open(last.userId);
    } catch (failure) {
      setUndoError(failure);
    }
  }

  function repeatComment() {
    if (!current || !lastComment) return;
    insertRef.current?.(lastComment);
    announce(t("speed.repeated"));
  }

  function keepBeside() {
    if (!current || here === undefined) return;
    setSplit(true);
    setBeside({ kind: "learner", userId: here });
    toast(t("beside.keptNow", { name: current.name }));
  }

  useHotkeys({
    j: () => void queue.next(isGraded),
    k: () => void queue.previous(),
    g: () => scoreRef.current?.focus(),
    c: () => commentRef.current?.focus(),
    s: () => setSplit(!split),
    b: keepBeside,
    u: () => void undo(),
    v: () => attempt && setSpeaking(true),
    ".": repeatComment,
    ...Object.fromEntries(
      Array.from({ length: 9 }, (_, at) => [String(at + 1), () => rateFirstOpen(at + 1)]),
    ),
  });

  return (
    <Page
      full
      title={assignment?.title ?? t("speed.title")}
      state={
        progress && (
          <span className="muted" role="status">
            {t("speed.progress", {
              graded: formatNumber(
                Math.max(0, progress.handed_in - progress.waiting - progress.returned),
                locale,
              ),
              total: formatNumber(progress.handed_in, locale),
              waiting: progress.waiting,
            })}
            {progress.held_by_others > 0 &&
              ` · ${t("speed.others", { count: progress.held_by_others })}`}
          </span>
        )
      }
      actions={
        <>
          {assignment?.submission_types?.includes("questions") && !assignment.several_markers && (
            <Link
              className="button"
              to={`/courses/${assignment.course_id}/assignments/${assignmentId}/by-question`}
            >
              {t("byQuestion.open")}
            </Link>
          )}
          <IconButton
            label={t("speed.keys.title")}
            icon={<CircleHelp size={18} />}
            onClick={() => setHelp(true)}
          />
        </>
      }
    >
      {/* Where several mark, everybody has work of their own and takes it as it came. */}
      {!assignment?.several_markers && (
        <search className="toolbar">
          {sections.length > 1 && (
            <SelectField
              label={t("speed.section")}
              value={section ?? ""}
              onChange={(event) => setFilters({ section: event.target.value })}
              choices={[
                { value: "", label: t("grading.allSections") },
                ...sections.map((one) => ({ value: String(one.section_id), label: one.name })),
              ]}
            />
          )}
          {!assignment?.anonymous && (
            <SelectField
              label={t("speed.order")}
              value={order === "name" ? "name" : "oldest"}
              onChange={(event) => setFilters({ order: event.target.value })}
              choices={[
                { value: "oldest", label: t("speed.orderOldest") },
                { value: "name", label: t("speed.orderName") },
              ]}
            />
          )}
        </search>
      )}
      <PaceMeter assignmentId={assignmentId} piece={here} waiting={progress?.waiting ?? 0} />
      {assignment?.anonymous && <p className="notice">{t("marking.anonymous.desk")}</p>}
      {assignment && <CalibrationNotice assignment={assignment} />}
      <ActionFailed error={undoError} />
      {queue.error && !current ? (
        <Failed
          error={queue.error}
          onRetry={() => void queue.fill().then(() => queue.next(true))}
        />
      ) : null}
      {!current && !queue.done && !queue.error && <Skeleton lines={6} />}
      {queue.done && (
        <Empty
          title={t("speed.done")}
          action={<Button onClick={() => void queue.next(true)}>{t("speed.lookAgain")}</Button>}
        >
          {t(progress?.held_by_others ? "speed.doneOthers" : "speed.doneHelp")}
        </Empty>
      )}
      {current && (
        <div className="speed" data-learner={here} data-split={split || undefined}>
          <section className="panel stack" aria-labelledby="speed-name">
            <div className="row-between">
              <h2 id="speed-name" ref={headingRef} tabIndex={-1}>
                {current.name}
              </h2>
              <div className="row">
                <Button
                  icon={<Columns2 size={16} aria-hidden />}
                  aria-pressed={split}
                  onClick={() => setSplit(!split)}
                >
                  {t("beside.open")}
                </Button>
                {split && (
                  <IconButton
                    label={t("beside.keep")}
                    icon={<Pin size={18} />}
                    onClick={keepBeside}
                  />
                )}
                <IconButton
                  label={t("speed.previous")}
                  icon={<ChevronLeft size={18} className="flips" />}
                  disabled={queue.isFirst}
                  onClick={() => void queue.previous()}
                />
                <IconButton
                  label={t("speed.next")}
                  icon={<ChevronRight size={18} className="flips" />}
                  onClick={() => void queue.next(isGraded)}
                />
              </div>
            </div>
            <DeskNotices item={current} />
            {attempt && <AttemptChoice work={current.work} shown={attempt} onShow={setChosen} />}
            {attempt ? (
              split && here !== undefined ? (
                <SideBySide
                  key={here}
                  assignmentId={assignmentId}
                  userId={here}
                  name={current.name}
                  attempts={current.work.attempts}
                  beside={beside}
                  onBeside={setBeside}
                />
              ) : (
                <WorkPane key={attempt.submission_id} submission={attempt} editable />
              )
            ) : (
              <p className="muted">{t("grading.nothingHandedIn")}</p>
            )}
            {attempt && (
              <AnswersView
                submission={attempt}
                marks={current.work.marks}
                onMarked={
                  assignment?.several_markers || here === undefined
                    ? undefined
                    : () => void queue.open(here)
                }
              />
            )}
            {current.work.withheld && assignment && (
              <WithheldNotice
                courseId={assignment.course_id}
                assignmentId={assignmentId}
                userId={current.work.user_id}
              />
            )}
            <WorkComments
              comments={[
                ...current.work.comments,
                ...said
                  .filter(
                    (one) => one.to === here && !current.work.comments.some(isSame(one.comment)),
                  )
                  .map((one) => one.comment),
              ]}
            />
            {attempt && here !== undefined && (
              <div className="row">
                <Button icon={<Mic size={16} aria-hidden />} onClick={() => setSpeaking(true)}>
                  {t("voice.open")}
                </Button>
                <AttachFiles
                  assignmentId={assignmentId}
                  submissionId={attempt.submission_id}
                  waits={current.work.remarks_wait}
                  onSaid={(comment) => setSaid((all) => [...all.slice(-50), { to: here, comment }])}
                />
              </div>
            )}
          </section>
          <section className="panel" aria-label={t("speed.assess")}>
            {assignment?.several_markers ? (
              <MarkPane
                key={`${here}-${current.mark?.version}`}
                assignmentId={assignmentId}
                item={current}
                scoreRef={scoreRef}
                commentRef={commentRef}
                onDone={() => void queue.next(true)}
              />
            ) : (
              <GradePane
                key={`${here}-${current.draft?.version}-${current.work.grade?.version}`}
                assignmentId={assignmentId}
                item={current}
                attempt={attempt}
                scoreRef={scoreRef}
                commentRef={commentRef}
                insertRef={insertRef}
                onSaid={setLastComment}
                onGraded={(one) =>
                  setGraded((all) =>
                    [...all.filter((was) => was.userId !== one.userId), one].slice(-50),
                  )
                }
                onDone={() => void queue.next(true)}
              />
            )}
            <Button kind="quiet" onClick={() => setReturning(true)}>
              {t("speed.return.open")}
            </Button>
          </section>
        </div>
      )}
      {help && <KeysHelp onClose={() => setHelp(false)} />}
      {speaking && current && attempt && here !== undefined && (
        <VoiceDialog
          assignmentId={assignmentId}
          submissionId={attempt.submission_id}
          name={current.name}
          waits={current.work.remarks_wait}
          onSaid={(comment) => setSaid((all) => [...all.slice(-50), { to: here, comment }])}
          onClose={() => setSpeaking(false)}
        />
      )}
      {returning && current && here !== undefined && (
        <ReturnDialog
          assignmentId={assignmentId}
          userId={here}
          name={current.name}
          onClose={() => setReturning(false)}
          onReturned={() => {
            setReturning(false);
            void queue.next(true);
          }}
        />
      )}
    </Page>
  );
}

const isSame = (comment: WorkComment) => (other: WorkComment) =>
  other.submission_comment_id === comment.submission_comment_id;
