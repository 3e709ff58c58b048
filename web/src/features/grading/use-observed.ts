import { useQuery } from "@tanstack/react-query";
import { useId } from "../../lib/address";
import { dashboardQuery } from "./dashboard-api";

/** The learner and the course an observer's address names; the dashboard's answer has both. */
export function useObserved() {
  const userId = useId("userId");
  const courseId = useId("courseId");
  const learner = useQuery(dashboardQuery).data?.observed.find((one) => one.user_id === userId);
  const course = learner?.courses.find((one) => one.course_id === courseId);
  return { userId, courseId, name: learner?.name, courseTitle: course?.title };
}
