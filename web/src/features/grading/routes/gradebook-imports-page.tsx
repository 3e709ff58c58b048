import { useId } from "../../../lib/address";
import { ImportsScreen } from "../gradebook/transfer/imports-screen";

export default function GradebookImportsPage() {
  return <ImportsScreen courseId={useId("courseId")} />;
}
