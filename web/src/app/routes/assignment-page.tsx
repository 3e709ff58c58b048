import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { assignmentQuery } from "../../features/grading/api";
import { CalibrationPanel } from "../../features/grading/calibration/calibration-panel";
import { AssignmentFacts } from "../../features/grading/components/assignment-facts";
import { AssignmentState, StandingBadge } from "../../features/grading/components/assignment-state";
import { LearnerAssignment } from "../../features/grading/components/learner-assignment";
import { PublishButton } from "../../features/grading/components/publish-button";
import { AnonymityPanel } from "../../features/grading/marking/anonymity-panel";
import { MarkersPanel } from "../../features/grading/marking/markers-panel";
import { PeerPanel } from "../../features/grading/peers/peer-panel";
import { AssignmentRubricPanel } from "../../features/grading/rubrics/assignment-rubric";
import { SimilarityPanel } from "../../features/grading/similarity/similarity-panel";
import { useId } from "../../lib/address";
import { useCourseStanding } from "../../lib/course-standing";
import { Page } from "../../ui/page";
import { QueryView } from "../../ui/query-view";

/** One assignment: its text and dates for all, handing in for learners, grading for staff. */
export default function AssignmentPage() {
  const { t } = useTranslation();
  const courseId = useId("courseId");
  const assignmentId = useId("assignmentId");
  const { may, zone } = useCourseStanding();
  const staff = may("assignment.read_drafts");
  const query = useQuery(assignmentQuery(assignmentId));
  const base = `/courses/${courseId}/assignments/${assignmentId}`;

  return (
    <QueryView query={query} page>
      {(assignment) => (
        <Page
          title={assignment.title}
          state={
            staff ? (
              <AssignmentState status={assignment.status} />
            ) : (
              <StandingBadge standing={assignment.my} assignmentId={assignmentId} />
            )
          }
          actions={
            <>
              {may("submission.read") && (
                <Link className="button" to={`${base}/submissions`}>
                  {t("grading.openSubmissions")}
                </Link>
              )}
              {may("assignment.manage") && (
                <>
                  {assignment.submission_types.includes("questions") && (
                    <Link className="button" to={`${base}/questions`}>
                      {t("questions.title")}
                    </Link>
                  )}
                  <Link className="button" to={`${base}/edit`}>
                    {t("action.edit")}
                  </Link>
                  <PublishButton assignment={assignment} />
                </>
              )}
            </>
          }
        >
          <AssignmentFacts assignment={assignment} zone={zone} />
          {assignment.description && <div className="prose">{assignment.description}</div>}
          <AssignmentRubricPanel
            courseId={courseId}
            assignmentId={assignmentId}
            pointsPossible={assignment.points_possible}
            mayChoose={may("assignment.manage")}
          />
          <div className="panels">
            <AnonymityPanel assignment={assignment} />
            {may("marking.moderate") && <MarkersPanel assignment={assignment} />}
            {staff && <SimilarityPanel assignmentId={assignmentId} base={base} />}
            {may("grade.record") && <CalibrationPanel assignment={assignment} />}
            <PeerPanel assignmentId={assignmentId} base={base} />
          </div>
          {may("submission.read_own") && <LearnerAssignment assignment={assignment} />}
        </Page>
      )}
    </QueryView>
  );
}
