import { useQuery } from "@tanstack/react-query";
import { sectionsQuery } from "../../features/courses/api";
import { ExportsScreen } from "../../features/grading/gradebook/transfer/exports-screen";
import { useId } from "../../lib/address";
import { useCourseStanding } from "../../lib/course-standing";

export default function GradebookExportsPage() {
  const courseId = useId("courseId");
  const { may } = useCourseStanding();
  const sections = useQuery({ ...sectionsQuery(courseId), enabled: may("roster.read") }).data ?? [];
  return <ExportsScreen courseId={courseId} sections={sections} />;
}
