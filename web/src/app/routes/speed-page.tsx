import { useQuery } from "@tanstack/react-query";
import { sectionsQuery } from "../../features/courses/api";
import { SpeedScreen } from "../../features/grading/speed/speed-screen";
import { useId } from "../../lib/address";
import { useCourseStanding } from "../../lib/course-standing";

export default function SpeedPage() {
  const courseId = useId("courseId");
  const assignmentId = useId("assignmentId");
  const { may } = useCourseStanding();
  const sections = useQuery({ ...sectionsQuery(courseId), enabled: may("roster.read") }).data ?? [];
  return <SpeedScreen key={assignmentId} assignmentId={assignmentId} sections={sections} />;
}
