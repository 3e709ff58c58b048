import { useTranslation } from "react-i18next";
import { useId } from "../../../lib/address";
import { useCourseStanding } from "../../../lib/course-standing";
import { Page } from "../../../ui/page";
import { SimilarityList } from "../similarity/similarity-list";

/** All work of an assignment by how much of it stands elsewhere. */
export default function SimilarityPage() {
  const { t } = useTranslation();
  const courseId = useId("courseId");
  const assignmentId = useId("assignmentId");
  const { may } = useCourseStanding();
  return (
    <Page title={t("similarity.list")}>
      <SimilarityList
        assignmentId={assignmentId}
        base={`/courses/${courseId}/assignments/${assignmentId}/similarity`}
        mayAsk={may("grade.record")}
      />
    </Page>
  );
}
