import { useQuery } from "@tanstack/react-query";
import { sectionsQuery } from "../../features/courses/api";
import { ModerationScreen } from "../../features/grading/marking/moderation-screen";
import { useId } from "../../lib/address";
import { useCourseStanding } from "../../lib/course-standing";

export default function ModerationPage() {
  const courseId = useId("courseId");
  const { may } = useCourseStanding();
  const sections = useQuery({ ...sectionsQuery(courseId), enabled: may("roster.read") }).data ?? [];
  return <ModerationScreen assignmentId={useId("assignmentId")} sections={sections} />;
}
