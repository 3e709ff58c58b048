import "./desk.css";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useCourseStanding } from "../../../lib/course-standing";
import { useHotkeys } from "../../../lib/hotkeys";
import { IconButton } from "../../../ui/button";
import { QueryView } from "../../../ui/query-view";
import { When } from "../../../ui/when";
import { type Assignment, type SubmissionRow, type Work, workQuery } from "../api";
import { GradeForm } from "./grade-form";
import { SubmissionView } from "./submission-view";
import { CommentForm, WorkComments } from "./work-comments";

interface GradeOneProps {
  assignment: Assignment;
  row: SubmissionRow;
  next: SubmissionRow | undefined;
  previous: SubmissionRow | undefined;
  onGo: (userId: number) => void;
}

/** One learner's work beside its grade; j and k walk through the list. */
export function GradeOne({ assignment, row, next, previous, onGo }: GradeOneProps) {
  const { t } = useTranslation();
  const query = useQuery(workQuery(row.submission_id));
  useHotkeys({
    j: () => next && onGo(next.user_id),
    k: () => previous && onGo(previous.user_id),
  });
  return (
    <section className="panel stack desk-one" aria-labelledby="desk-name">
      <div className="row-between">
        <h2 id="desk-name">{row.name}</h2>
        <div className="row">
          <IconButton
            label={t("grading.previousLearner")}
            icon={<ChevronLeft size={18} className="flips" />}
            disabled={!previous}
            onClick={() => previous && onGo(previous.user_id)}
          />
          <IconButton
            label={t("grading.nextLearner")}
            icon={<ChevronRight size={18} className="flips" />}
            disabled={!next}
            onClick={() => next && onGo(next.user_id)}
          />
        </div>
      </div>
      <QueryView query={query} lines={4}>
        {(work) => <Desk assignment={assignment} work={work} submissionId={row.submission_id} />}
      </QueryView>
    </section>
  );
}

interface DeskProps {
  assignment: Assignment;
  work: Work;
  submissionId: number;
}

function Desk({ assignment, work, submissionId }: DeskProps) {
  const queryClient = useQueryClient();
  const { may } = useCourseStanding();
  const id = assignment.assignment_id;
  const { grade } = work;
  return (
    <>
      <div className="stack">
        <Attempts work={work} />
        <WorkComments comments={work.comments} />
        <CommentForm assignmentId={id} submissionId={submissionId} />
      </div>
      {may("grade.record") && (
        <GradeForm
          assignmentId={id}
          userId={work.user_id}
          pointsPossible={assignment.points_possible}
          grade={{
            score: grade?.entered_score ?? null,
            excused: grade?.status === "excused",
            version: grade?.version ?? 0,
          }}
          onWritten={() => {
            void queryClient.invalidateQueries({ queryKey: ["assignment", id, "submissions"] });
            void queryClient.invalidateQueries({ queryKey: workQuery(submissionId).queryKey });
          }}
        />
      )}
    </>
  );
}

/** The latest attempt is open; earlier ones unfold. */
function Attempts({ work }: { work: Work }) {
  const { t } = useTranslation();
  const newestFirst = [...work.attempts].sort((a, b) => b.attempt - a.attempt);
  return newestFirst.map((submission, i) => (
    <details key={submission.submission_id} open={i === 0}>
      <summary>
        {t("grading.attempt", { number: submission.attempt })}{" "}
        <span className="small muted">
          <When at={submission.submitted_at} />
          {submission.late && ` · ${t("grading.flag.late")}`}
        </span>
      </summary>
      <SubmissionView submission={submission} />
    </details>
  ));
}
