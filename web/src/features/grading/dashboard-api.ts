import { queryOptions } from "@tanstack/react-query";
import { http } from "../../lib/http";

/** Missing is past its date; now is due within two days, next within a week, later after that. */
export const buckets = ["missing", "now", "next", "later"] as const;
export type Bucket = (typeof buckets)[number];

/** Work that is not handed in; nothing unfinished is left out. */
export interface DueItem {
  bucket: Bucket;
  assignment_id: number;
  course_id: number;
  title: string;
  due_at: string | null;
  points_possible: number;
  optional: boolean;
  /** It can no longer be handed in. */
  closed: boolean;
}

export interface FeedbackItem {
  assignment_id: number;
  course_id: number;
  title: string;
  score: number | null;
  points_possible: number;
  status: string;
  at: string;
  comment: string | null;
}

export interface ToGradeItem {
  assignment_id: number;
  course_id: number;
  title: string;
  count: number;
  oldest_at: string;
}

export interface DashboardCourse {
  course_id: number;
  code: string;
  title: string;
  status: "draft" | "published" | "concluded";
  color: string | null;
  roles: string[];
  current_percent: number | null;
  current_letter: string | null;
}

export interface Observed {
  user_id: number;
  name: string;
  due: DueItem[];
  feedback: FeedbackItem[];
  courses: DashboardCourse[];
}

export interface Dashboard {
  due: DueItem[];
  feedback: FeedbackItem[];
  to_grade: ToGradeItem[];
  courses: DashboardCourse[];
  observed: Observed[];
}

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
