import { useId } from "../../../lib/address";
import { FeedbackScreen } from "../work-files/feedback-screen";

export default function FeedbackImportPage() {
  const id = useId("importId");
  return <FeedbackScreen key={id} assignmentId={useId("assignmentId")} id={id} />;
}
