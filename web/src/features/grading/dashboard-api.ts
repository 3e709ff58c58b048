import { queryOptions } from "@tanstack/react-query";
import { http } from "../../lib/http";
import type { Schemas } from "../../lib/schemas";

/** Missing is past its date; now is due within two days, next within a week, later after that. */
export const buckets = ["missing", "now", "next", "later"] as const;
export type Bucket = Schemas["DueBucket"];

/** Work that is not handed in; nothing unfinished is left out. */
export type DueItem = Schemas["GetDashboardDueWork"];

export type FeedbackItem = Schemas["GetDashboardFeedback"];

export type ToGradeItem = Schemas["ToGrade"];

export type DashboardCourse = Schemas["GetDashboardCourseCard"];

export type Observed = Schemas["GetDashboardObservedLearner"];

export type Dashboard = Schemas["GetDashboardResponse"];

export const dashboardQuery = queryOptions({
  queryKey: ["dashboard"],
  staleTime: 30_000,
  queryFn: () => http.get<Dashboard>("/dashboard"),
});

/** Where an observer reads what concerns one learner; no course is open to them. */
export const observedBase = (userId: number) => `/learners/${userId}`;

/** The lists name courses by number; their titles are in the same answer. */
export type CourseTitles = Map<number, string>;

export function titlesOf(courses: DashboardCourse[]): CourseTitles {
  return new Map(courses.map((course) => [course.course_id, course.title]));
}
