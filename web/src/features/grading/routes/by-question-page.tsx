import { useId } from "../../../lib/address";
import { ByQuestionScreen } from "../questions/by-question/by-question-screen";

export default function ByQuestionPage() {
  const assignmentId = useId("assignmentId");
  return <ByQuestionScreen key={assignmentId} assignmentId={assignmentId} />;
}
