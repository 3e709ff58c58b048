import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Page } from "../../../ui/page";
import { QueryView } from "../../../ui/query-view";
import { GradesView } from "../components/grades-view";
import { observedBase } from "../dashboard-api";
import { learnerGradesQuery } from "../grades-api";
import { useObserved } from "../use-observed";

/** What a learner's observer sees of a course: the same grades the learner sees. */
export default function ObservedCoursePage() {
  const { t } = useTranslation();
  const { userId, courseId, name, courseTitle } = useObserved();
  const query = useQuery(learnerGradesQuery(courseId, userId));
  return (
    <Page
      title={courseTitle ?? t("course.grades")}
      state={name && <span className="muted">{t("grading.observed.of", { name })}</span>}
      actions={
        <>
          <Link className="button" to={`${observedBase(userId)}/grade-points`}>
            {t("gradePoints.link")}
          </Link>
          <Link className="button" to={`${observedBase(userId)}/outcomes`}>
            {t("nav.outcomes")}
          </Link>
        </>
      }
    >
      <QueryView query={query}>
        {(grades) => (
          <GradesView
            grades={grades}
            assignmentsAt={`${observedBase(userId)}/courses/${courseId}/assignments`}
          />
        )}
      </QueryView>
    </Page>
  );
}
