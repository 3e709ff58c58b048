import { useQuery } from "@tanstack/react-query";
import { sectionsQuery } from "../../features/courses/api";
import { MasteryScreen } from "../../features/grading/outcomes/mastery-screen";
import { useId } from "../../lib/address";
import { useCourseStanding } from "../../lib/course-standing";

export default function MasteryPage() {
  const courseId = useId("courseId");
  const { may } = useCourseStanding();
  const sections = useQuery({ ...sectionsQuery(courseId), enabled: may("roster.read") }).data ?? [];
  return <MasteryScreen key={courseId} courseId={courseId} sections={sections} />;
}
