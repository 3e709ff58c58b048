import { useId } from "../../../lib/address";
import { CourseOutcomesScreen } from "../outcomes/course-outcomes";

export default function CourseOutcomesPage() {
  const courseId = useId("courseId");
  return <CourseOutcomesScreen key={courseId} courseId={courseId} />;
}
