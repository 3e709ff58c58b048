import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useId } from "../../../lib/address";
import { useCourseStanding } from "../../../lib/course-standing";
import { Page } from "../../../ui/page";
import { QueryView } from "../../../ui/query-view";
import { assignmentQuery } from "../api";
import { Corrections } from "../questions/corrections";
import { QuestionEditor } from "../questions/question-editor";
import { questionKeyQuery } from "../questions/questions-api";

/** The questions of an assignment with their keys, for who writes them. */
export default function QuestionsPage() {
  const { t } = useTranslation();
  const courseId = useId("courseId");
  const assignmentId = useId("assignmentId");
  const navigate = useNavigate();
  const { may } = useCourseStanding();
  const assignment = useQuery(assignmentQuery(assignmentId)).data;
  const query = useQuery(questionKeyQuery(assignmentId));
  const base = `/courses/${courseId}/assignments/${assignmentId}`;
  return (
    <Page
      title={t("questions.title")}
      actions={
        may("grade.record") &&
        assignment &&
        !assignment.several_markers && (
          <Link className="button" to={`${base}/by-question`}>
            {t("byQuestion.open")}
          </Link>
        )
      }
    >
      <QueryView query={query}>
        {(set) => (
          <div className="stack">
            {set.in_use && <Corrections assignmentId={assignmentId} />}
            <QuestionEditor
              key={set.version}
              assignmentId={assignmentId}
              courseId={courseId}
              set={set}
              onDone={() => void navigate({ to: base })}
            />
          </div>
        )}
      </QueryView>
    </Page>
  );
}
