import { useId } from "../../../lib/address";
import { useCourseStanding } from "../../../lib/course-standing";
import { SimilarityScreen } from "../similarity/similarity-screen";

/** What of one piece of work stands elsewhere. */
export default function SimilarityReportPage() {
  const submissionId = useId("submissionId");
  const { may } = useCourseStanding();
  return (
    <SimilarityScreen key={submissionId} submissionId={submissionId} mayAsk={may("grade.record")} />
  );
}
