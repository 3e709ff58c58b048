import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { CourseRow } from "../api";
import { CourseState } from "./course-state";
import { CourseStripe } from "./course-stripe";

export function CourseList({ courses }: { courses: CourseRow[] }) {
  const { t } = useTranslation();
  return (
    <ul className="rows panel">
      {courses.map((course) => (
        <li key={course.course_id}>
          <Link to={`/courses/${course.course_id}`} className="rows-link">
            <CourseStripe course={course} />
            <span className="grow stack-tight" style={{ gap: 0 }}>
              <strong>{course.title}</strong>
              <span className="small muted">
                {[course.code, course.term_name].filter(Boolean).join(" · ")}
              </span>
            </span>
            {course.roles.length > 0 && (
              <span className="small muted">
                {course.roles.map((role) => t(`role.${role}`)).join(", ")}
              </span>
            )}
            {(course.status !== "published" || !course.roles.includes("learner")) && (
              <CourseState status={course.status} />
            )}
          </Link>
        </li>
      ))}
    </ul>
  );
}
