import { useId } from "../../../lib/address";
import { GradebookScreen } from "../gradebook/gradebook-screen";

export default function GradebookPage() {
  const courseId = useId("courseId");
  return <GradebookScreen key={courseId} courseId={courseId} />;
}
