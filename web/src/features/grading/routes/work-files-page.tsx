import { useId } from "../../../lib/address";
import { useCourseStanding } from "../../../lib/course-standing";
import { WorkFilesScreen } from "../work-files/work-files-screen";

export default function WorkFilesPage() {
  const { may } = useCourseStanding();
  const assignmentId = useId("assignmentId");
  return (
    <WorkFilesScreen
      key={assignmentId}
      courseId={useId("courseId")}
      assignmentId={assignmentId}
      mayGrade={may("grade.record")}
    />
  );
}
