import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useId } from "../../../lib/address";
import { Page } from "../../../ui/page";
import { QueryView } from "../../../ui/query-view";
import { GradesView } from "../components/grades-view";
import { myGradesQuery } from "../grades-api";

/** A learner's own grades, with the explanation of every number. */
export default function MyGradesPage() {
  const { t } = useTranslation();
  const courseId = useId("courseId");
  const query = useQuery(myGradesQuery(courseId));
  return (
    <Page
      title={t("course.grades")}
      actions={
        <>
          <Link className="button" to="/grade-points">
            {t("gradePoints.link")}
          </Link>
          <Link className="button" to="/outcomes">
            {t("outcomes.mine.link")}
          </Link>
        </>
      }
    >
      <QueryView query={query}>
        {(grades) => (
          <GradesView grades={grades} assignmentsAt={`/courses/${courseId}/assignments`} />
        )}
      </QueryView>
    </Page>
  );
}
