import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useId } from "../../../lib/address";
import { useCourseStanding } from "../../../lib/course-standing";
import { Page } from "../../../ui/page";
import { QueryView } from "../../../ui/query-view";
import { GradesView } from "../components/grades-view";
import { gradebookQuery, learnerGradesQuery } from "../grades-api";

/** One learner's grades as their instructor or observer sees them. */
export default function LearnerGradesPage() {
  const { t } = useTranslation();
  const courseId = useId("courseId");
  const userId = useId("userId");
  const query = useQuery(learnerGradesQuery(courseId, userId));
  const { may } = useCourseStanding();
  const book = useQuery({ ...gradebookQuery(courseId), enabled: may("grade.read") });
  const name = book.data?.students?.find((student) => student.user_id === userId)?.name;
  return (
    <Page title={name ?? t("course.grades")}>
      <QueryView query={query}>
        {(grades) => (
          <GradesView grades={grades} assignmentsAt={`/courses/${courseId}/assignments`} />
        )}
      </QueryView>
    </Page>
  );
}
