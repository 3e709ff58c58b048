import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCourseStanding } from "../../../lib/course-standing";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { Button } from "../../../ui/button";
import { QueryView } from "../../../ui/query-view";
import { Tray } from "../../../ui/tray";
import { When } from "../../../ui/when";
import { workQuery } from "../api";
import { WithheldNotice } from "../calibration/withheld-notice";
import { GradeForm } from "../components/grade-form";
import { GradeHistory } from "../components/grade-history";
import { WorkComments } from "../components/work-comments";
import { flag, gradeHistoryQuery } from "../grades-api";
import { StatusField } from "../policy/status-field";
import { saidOf, useLabels } from "../policy/use-labels";
import { AllowanceDialog } from "./allowance-dialog";
import type { GradebookModel } from "./gradebook-model";
import type { Entry } from "./score-text";
import type { Cell } from "./use-gradebook";

interface CellTrayProps {
  courseId: number;
  cell: Cell;
  model: GradebookModel;
  onSave: (cell: Cell, entry: Entry, version: number) => Promise<void>;
  /** Brings back what stood at an earlier version. */
  onRestore: (cell: Cell, version: number) => Promise<void>;
  onConflict: (cell: Cell) => void;
  /** Reads what changed. */
  onRefresh: () => Promise<void>;
  onClose: () => void;
}

/** Everything about one cell: its state, the comment, how it came to be. */
export function CellTray(props: CellTrayProps) {
  const { courseId, cell, model, onSave, onRestore, onConflict, onRefresh, onClose } = props;
  const { t } = useTranslation();
  const { may, zone } = useCourseStanding();
  const [allowing, setAllowing] = useState(false);
  const locale = useLocale();
  const { userId, assignmentId } = cell;
  const student = model.students.find((s) => s.user_id === userId);
  const assignment = model.assignments.find((a) => a.assignment_id === assignmentId);
  const value = model.cell(userId, assignmentId);
  const history = useQuery(gradeHistoryQuery(assignmentId, userId));
  const labels = useLabels();
  const said = saidOf(value.flags, labels, assignmentId);
  const { pending } = value;
  const since =
    value.flags & flag.automatic
      ? history.data?.find((entry) => entry.source === "policy" && entry.status === "missing")
      : undefined;
  if (!student || !assignment) return null;

  return (
    <Tray title={student.name} onClose={onClose}>
      <p>
        <Link
          to={`/courses/${courseId}/assignments/${assignmentId}/submissions`}
          search={{ learner: String(userId) }}
        >
          {assignment.title}
        </Link>
        <br />
        <span className="muted">
          {t("grading.ofPoints", { points: formatNumber(assignment.points_possible, locale) })}
          {said.map((label) => ` · ${label.words}`)}
          {value.flags & flag.resubmitted ? ` · ${t("gradePolicy.attempts.newer")}` : ""}
          {value.flags & flag.latePass ? ` · ${t("grading.flag.latePass")}` : ""}
          {value.flags & flag.lateExempt ? ` · ${t("grading.flag.lateExempt")}` : ""}
        </span>
        {since && (
          <span className="small muted">
            <br />
            {t("gradePolicy.missing.since")} <When at={since.at} zone={zone} />
          </span>
        )}
      </p>
      {pending?.state === "failed" && (
        <div className="notice" data-tone="bad" role="alert">
          <span className="grow">
            {t("grading.notSaved")}: {pending.reason || t("problem.offline")}
          </span>
          <Button onClick={() => void onSave(cell, pending, pending.version)}>
            {t("action.tryAgain")}
          </Button>
        </div>
      )}
      {pending?.state === "conflict" && (
        <div className="notice" data-tone="bad" role="alert">
          <span className="grow">{t("grading.conflict.title")}</span>
          <Button onClick={() => onConflict(cell)}>{t("grading.conflict.resolve")}</Button>
        </div>
      )}
      {value.flags & flag.withheld ? (
        <WithheldNotice courseId={courseId} assignmentId={assignmentId} userId={userId} />
      ) : null}
      <GradeForm
        assignmentId={assignmentId}
        userId={userId}
        pointsPossible={assignment.points_possible}
        scale={model.scaleOf(assignmentId)}
        grade={{ score: value.score, excused: value.excused, version: value.version }}
        remarksWait={remarksWait(assignment.posts_manually === true, value)}
        onWritten={(written) => {
          model.written(userId, assignmentId, written);
          void history.refetch();
        }}
      />
      <StatusField
        assignmentId={assignmentId}
        userId={userId}
        flags={value.flags}
        version={value.version}
        onWritten={(written) => {
          model.written(userId, assignmentId, written);
          void history.refetch();
        }}
      />
      {value.flags & flag.submitted ? (
        <TrayComments assignmentId={assignmentId} userId={userId} />
      ) : null}
      {may("late_allowance.manage") && (
        <div>
          <Button onClick={() => setAllowing(true)}>{t("grading.latePass.open")}</Button>
        </div>
      )}
      {allowing && (
        <AllowanceDialog
          courseId={courseId}
          userId={userId}
          assignmentId={assignmentId}
          name={student.name}
          onSaved={onRefresh}
          onClose={() => setAllowing(false)}
        />
      )}
      <h3>{t("grading.history.title")}</h3>
      <QueryView query={history} lines={3}>
        {(entries) => (
          <GradeHistory
            entries={entries}
            onRestore={(version) => void onRestore(cell, version).then(() => history.refetch())}
          />
        )}
      </QueryView>
    </Tray>
  );
}

/** As the server decides it: with the grade that is not posted, or with the one that is to come. */
function remarksWait(postsManually: boolean, value: Entry & { flags: number }): boolean {
  if (value.flags & flag.posted) return false;
  const settled = value.excused || (value.score !== null && !(value.flags & flag.automatic));
  return postsManually || settled;
}

function TrayComments({ assignmentId, userId }: Cell) {
  const work = useQuery(workQuery(assignmentId, userId));
  return <WorkComments comments={work.data?.comments ?? []} />;
}
