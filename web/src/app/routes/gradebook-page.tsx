import { useQuery } from "@tanstack/react-query";
import { sectionsQuery } from "../../features/courses/api";
import { GradebookScreen } from "../../features/grading/gradebook/gradebook-screen";
import { useId } from "../../lib/address";
import { useCourseStanding } from "../../lib/course-standing";

export default function GradebookPage() {
  const courseId = useId("courseId");
  const { may } = useCourseStanding();
  const sections = useQuery({ ...sectionsQuery(courseId), enabled: may("roster.read") }).data ?? [];
  return <GradebookScreen key={courseId} courseId={courseId} sections={sections} />;
}
