import "./desk.css";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCourseStanding } from "../../../lib/course-standing";
import { useHotkeys } from "../../../lib/hotkeys";
import { IconButton } from "../../../ui/button";
import { QueryView } from "../../../ui/query-view";
import { type Assignment, type SubmissionRow, type Work, workQuery } from "../api";
import { WithheldNotice } from "../calibration/withheld-notice";
import { Mates, standsApart } from "../group-work/mates";
import { Assess } from "../rubrics/assess";
import { AttachFiles } from "../work-files/attach-files";
import { Attempts } from "./attempts";
import { GradeForm } from "./grade-form";
import { AnswerRegrade } from "./regrade";
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
  const query = useQuery(workQuery(assignment.assignment_id, row.user_id));
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
        {(work) => <Desk assignment={assignment} name={row.name} work={work} />}
      </QueryView>
    </section>
  );
}

interface DeskProps {
  assignment: Assignment;
  name: string;
  work: Work;
}

function Desk({ assignment, name, work }: DeskProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { may } = useCourseStanding();
  const id = assignment.assignment_id;
  const { grade } = work;
  const [only, setOnly] = useState(standsApart(work.mates) ?? false);
  // The server names the latest attempt first.
  const latest = work.attempts[0];
  return (
    <>
      <div className="stack">
        {work.withheld && (
          <WithheldNotice courseId={assignment.course_id} assignmentId={id} userId={work.user_id} />
        )}
        <Attempts work={work} submissions={work.attempts} />
        <WorkComments comments={work.comments} />
        {latest ? (
          <>
            <CommentForm
              assignmentId={id}
              submissionId={latest.submission_id}
              waits={work.remarks_wait}
            />
            {may("grade.record") && (
              <div>
                <AttachFiles
                  assignmentId={id}
                  submissionId={latest.submission_id}
                  waits={work.remarks_wait}
                  onSaid={() =>
                    queryClient.invalidateQueries({ queryKey: ["assignment", id, "work"] })
                  }
                />
              </div>
            )}
            {may("marking.moderate") && (
              <Link
                className="button"
                data-kind="quiet"
                to={`/courses/${assignment.course_id}/assignments/${id}/calibration`}
                search={{ work: String(work.user_id) }}
              >
                {t("calibration.use")}
              </Link>
            )}
          </>
        ) : (
          <p className="muted">{t("grading.nothingHandedIn")}</p>
        )}
      </div>
      {may("grade.record") && assignment.several_markers && (
        <p className="notice">{t("marking.several.byMarkers")}</p>
      )}
      {may("grade.record") && !assignment.several_markers && (
        <div className="stack">
          {work.regrade?.state === "open" && (
            <AnswerRegrade key={work.regrade.regrade_request_id} regrade={work.regrade} />
          )}
          <Mates name={name} mates={work.mates} only={only} onOnly={setOnly} />
          {work.assessment && (
            <Assess
              assignmentId={id}
              userId={work.user_id}
              assessment={work.assessment}
              onlyThisLearner={only}
              onSaved={() => queryClient.invalidateQueries({ queryKey: ["assignment", id] })}
            />
          )}
          <GradeForm
            assignmentId={id}
            userId={work.user_id}
            pointsPossible={assignment.points_possible}
            grade={{
              score: grade?.entered_score ?? null,
              excused: grade?.status === "excused",
              version: grade?.version ?? 0,
            }}
            onlyThisLearner={only}
            remarksWait={work.remarks_wait}
            onWritten={() => queryClient.invalidateQueries({ queryKey: ["assignment", id] })}
          />
        </div>
      )}
    </>
  );
}
