import { queryOptions } from "@tanstack/react-query";
import { http } from "../../lib/http";

export interface DueItem {
  assignment_id: number;
  course_id: number;
  course_title: string;
  title: string;
  due_at: string | null;
  points_possible: number;
  submitted_at: string | null;
  missing: boolean;
}

export interface FeedbackItem {
  assignment_id: number;
  course_id: number;
  course_title: string;
  title: string;
  score: number | null;
  points_possible: number;
  excused?: boolean;
  comment: string | null;
  graded_at: string;
}

export interface ToGradeItem {
  assignment_id: number;
  course_id: number;
  course_title: string;
  title: string;
  needs_grading_count: number;
  oldest_at: string | null;
}

export interface DashboardCourse {
  course_id: number;
  title: string;
  code: string | null;
  term_name: string | null;
  color: string | null;
  status: "draft" | "published" | "concluded";
  current?: number | null;
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
