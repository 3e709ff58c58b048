import { queryOptions } from "@tanstack/react-query";
import { http, type Page } from "../../lib/http";
import { pagedQuery } from "../../lib/query-client";
import type { Schemas } from "../../lib/schemas";

/** As it is listed: what was deleted never is. */
export type CourseStatus = Exclude<Schemas["CourseStatus"], "deleted">;

export type CourseRow = Schemas["CourseListed"] & { status: CourseStatus };

export type Course = Schemas["Course"] &
  Pick<CourseAnswer, "roles" | "permissions"> & { status: CourseStatus };

type CourseAnswer = Omit<Schemas["GetCourseResponse"], "course"> & {
  course: Schemas["Course"] & { status: CourseStatus };
};

export type Term = Schemas["Term"];

export type Section = Schemas["Section"];

export type Enrollment = Schemas["EnrollmentListed"];

export const courseRoles = [
  "learner",
  "instructor",
  "teaching_assistant",
  "designer",
  "observer",
] as const;

type Filters = Record<string, string | undefined>;

export const coursesQuery = (filters: Filters = {}) =>
  pagedQuery<CourseRow>(["courses"], "/courses", filters);

export const courseQuery = (courseId: number) =>
  queryOptions({
    queryKey: ["course", courseId],
    staleTime: 60_000,
    queryFn: async (): Promise<Course> => {
      const { course, ...mine } = await http.get<CourseAnswer>(`/courses/${courseId}`);
      return { ...course, ...mine };
    },
  });

export type NewCourse = Partial<Schemas["CreateCourseRequest"]>;

export const createCourse = (course: NewCourse) =>
  http.post<Pick<Course, "course_id">>("/courses", course);

export type CourseChange = Pick<
  Course,
  | "title"
  | "code"
  | "description"
  | "term_id"
  | "time_zone"
  | "starts_at"
  | "ends_at"
  | "color"
  | "credits"
  | "version"
>;

export const saveCourse = (courseId: number, change: CourseChange) =>
  http.put<Course>(`/courses/${courseId}`, change);

export const setCourseStatus = (courseId: number, status: CourseStatus, version: number) =>
  http.put<Pick<Course, "status" | "version">>(`/courses/${courseId}/status`, { status, version });

export const termsQuery = queryOptions({
  queryKey: ["terms"],
  staleTime: 60_000,
  queryFn: async () => (await http.get<Page<Term>>("/terms", { limit: 500 })).items,
});

export type TermInput = Schemas["TermForm"];

export const createTerm = (term: TermInput) => http.post<Term>("/terms", term);

export const saveTerm = (termId: number, term: TermInput & { version: number }) =>
  http.put<Term>(`/terms/${termId}`, term);

export const sectionsQuery = (courseId: number) =>
  queryOptions({
    queryKey: ["course", courseId, "sections"],
    queryFn: async () => (await http.get<Page<Section>>(`/courses/${courseId}/sections`)).items,
  });

export const createSection = (courseId: number, name: string) =>
  http.post<Section>(`/courses/${courseId}/sections`, { name });

export const saveSection = (section: Section, name: string) =>
  http.put<Section>(`/courses/${section.course_id}/sections/${section.section_id}`, {
    name,
    starts_at: section.starts_at,
    ends_at: section.ends_at,
    version: section.version,
  });

export const crossList = (section: Section, courseId: number | null) =>
  http.put<Section>(`/sections/${section.section_id}/cross-listing`, {
    course_id: courseId,
    version: section.version,
  });

export const enrollmentsQuery = (courseId: number, filters: Filters = {}) =>
  pagedQuery<Enrollment>(
    ["course", courseId, "enrollments"],
    `/courses/${courseId}/enrollments`,
    filters,
  );

export type NewEnrollment = Partial<Schemas["EnrollPersonRequest"]>;

export const enroll = (courseId: number, enrollment: NewEnrollment) =>
  http.post<Enrollment>(`/courses/${courseId}/enrollments`, enrollment);

export const saveEnrollment = (row: Enrollment, change: Partial<Enrollment>) =>
  http.put<Enrollment>(`/enrollments/${row.enrollment_id}`, {
    role: row.role,
    section_id: row.section_id,
    state: row.state,
    starts_at: row.starts_at,
    ends_at: row.ends_at,
    version: row.version,
    ...change,
  });

export const removeEnrollment = (enrollmentId: number) =>
  http.delete<void>(`/enrollments/${enrollmentId}`);

export type PersonHit = Schemas["PersonListed"];

/** People of the institution, to be added to a course; those who may not search get nothing. */
export const peopleSearchQuery = (search: string) =>
  queryOptions({
    queryKey: ["people-search", search],
    enabled: search.length >= 2,
    queryFn: async () => (await http.get<Page<PersonHit>>("/users", { search, limit: 8 })).items,
  });
