import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type Course, courseQuery, sectionsQuery } from "../../features/courses/api";
import { CourseStatusButton } from "../../features/courses/components/course-actions";
import { CourseState } from "../../features/courses/components/course-state";
import { type Assignment, assignmentsQuery } from "../../features/grading/api";
import { useId } from "../../lib/address";
import { useCourseStanding } from "../../lib/course-standing";
import { Page } from "../../ui/page";
import { QueryView } from "../../ui/query-view";
import { When } from "../../ui/when";

/** A course at a glance: what it is, its state in words, what is due next. */
export default function CourseHomePage() {
  const courseId = useId("courseId");
  const { may } = useCourseStanding();
  const query = useQuery(courseQuery(courseId));
  return (
    <QueryView query={query} page>
      {(course) => (
        <Page
          title={course.title}
          state={
            (may("course.manage") || course.status !== "published") && (
              <CourseState status={course.status} />
            )
          }
          actions={may("course.manage") && <CourseStatusButton course={course} />}
        >
          <StateInWords course={course} />
          <div className="columns">
            <div className="stack">
              <Description course={course} />
              <NextDue course={course} />
            </div>
            <Facts course={course} />
          </div>
        </Page>
      )}
    </QueryView>
  );
}

function StateInWords({ course }: { course: Course }) {
  const { t } = useTranslation();
  const staff = useCourseStanding().may("course.manage");
  if (!staff && course.status === "published") return null;
  return (
    <p className="notice" data-tone={course.status === "draft" ? "warn" : undefined}>
      {t(`courses.statusWords.${course.status}`)}
    </p>
  );
}

function Description({ course }: { course: Course }) {
  const { t } = useTranslation();
  return (
    <section className="panel">
      <h2>{t("courses.about")}</h2>
      {course.description ? (
        <p className="prose">{course.description}</p>
      ) : (
        <p className="muted">{t("courses.noDescription")}</p>
      )}
    </section>
  );
}

function nextOf(assignments: Assignment[]): Assignment[] {
  const now = Date.now();
  return assignments
    .filter((a) => a.status === "published" && a.due_at && Date.parse(a.due_at) > now)
    .sort((a, b) => Date.parse(a.due_at ?? "") - Date.parse(b.due_at ?? ""))
    .slice(0, 5);
}

function NextDue({ course }: { course: Course }) {
  const { t } = useTranslation();
  const { may } = useCourseStanding();
  const query = useQuery({
    ...assignmentsQuery(course.course_id),
    enabled: may("assignment.read"),
  });
  if (!may("assignment.read")) return null;
  return (
    <section className="panel">
      <h2>{t("courses.nextDue")}</h2>
      <QueryView query={query} lines={3}>
        {(assignments) => {
          const next = nextOf(assignments);
          if (next.length === 0) return <p className="muted">{t("courses.nothingDue")}</p>;
          return (
            <ul className="rows">
              {next.map((a) => (
                <li key={a.assignment_id}>
                  <Link
                    className="rows-link"
                    to={`/courses/${course.course_id}/assignments/${a.assignment_id}`}
                  >
                    <strong className="grow">{a.title}</strong>
                    <span className="small">
                      <When at={a.due_at ?? ""} zone={course.time_zone} />
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          );
        }}
      </QueryView>
    </section>
  );
}

function Facts({ course }: { course: Course }) {
  const { t } = useTranslation();
  const staff = useCourseStanding().may("section.manage");
  const sections = useQuery({ ...sectionsQuery(course.course_id), enabled: staff }).data ?? [];
  return (
    <dl className="panel facts" style={{ gridTemplateColumns: "1fr" }}>
      {course.code && (
        <div>
          <dt>{t("courses.field.code")}</dt>
          <dd>{course.code}</dd>
        </div>
      )}
      {course.term_name && (
        <div>
          <dt>{t("courses.field.term")}</dt>
          <dd>{course.term_name}</dd>
        </div>
      )}
      {course.starts_at && (
        <div>
          <dt>{t("courses.field.startsAt")}</dt>
          <dd>
            <When at={course.starts_at} zone={course.time_zone} />
          </dd>
        </div>
      )}
      {course.ends_at && (
        <div>
          <dt>{t("courses.field.endsAt")}</dt>
          <dd>
            <When at={course.ends_at} zone={course.time_zone} />
          </dd>
        </div>
      )}
      <div>
        <dt>{t("courses.field.timeZone")}</dt>
        <dd>{course.time_zone}</dd>
      </div>
      {sections.length > 0 && (
        <div>
          <dt>{t("course.sections")}</dt>
          <dd>{sections.map((section) => section.name).join(", ")}</dd>
        </div>
      )}
    </dl>
  );
}
