import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { CourseStripe } from "../../features/courses/components/course-stripe";
import { FeedbackList, ToGradeList } from "../../features/grading/components/feedback-list";
import { TimelineList } from "../../features/grading/components/timeline-list";
import {
  type Dashboard,
  type DashboardCourse,
  dashboardQuery,
  type Observed,
  observedBase,
  titlesOf,
} from "../../features/grading/dashboard-api";
import { canAdminister } from "../../lib/access";
import { useLocale } from "../../lib/i18n";
import { formatPercent } from "../../lib/numbers";
import { useSession } from "../../lib/session";
import { Page } from "../../ui/page";
import { QueryView } from "../../ui/query-view";
import { Empty, Skeleton } from "../../ui/states";

/** The first screen: what to do now, what came back, what waits for grading, where I am taught. */
export default function HomePage() {
  const { t } = useTranslation();
  const query = useQuery(dashboardQuery);
  return (
    <Page title={t("nav.home")}>
      <QueryView query={query}>{(data) => <Board data={data} />}</QueryView>
    </Page>
  );
}

function Board({ data }: { data: Dashboard }) {
  const { t } = useTranslation();
  const learns = data.courses.some((course) => course.roles.includes("learner"));
  const nothing = data.courses.length === 0 && data.observed.length === 0;
  const administers = canAdminister(useSession());
  if (nothing && administers) {
    return (
      <Suspense fallback={<Skeleton />}>
        <AdminBoard />
      </Suspense>
    );
  }
  if (nothing) return <Empty title={t("home.empty.title")}>{t("home.empty.help")}</Empty>;
  const teachesOrLearns = data.courses.length > 0 || data.due.length > 0;
  return (
    <>
      {teachesOrLearns && <OwnBoard data={data} learns={learns} />}
      {data.observed.map((child) => (
        <Child key={child.user_id} child={child} />
      ))}
    </>
  );
}

function OwnBoard({ data, learns }: { data: Dashboard; learns: boolean }) {
  const { t } = useTranslation();
  const titles = titlesOf(data.courses);
  return (
    <div className="columns">
      <div className="stack">
        {data.to_grade.length > 0 && (
          <Block title={t("home.toGrade")}>
            <ToGradeList items={data.to_grade} titles={titles} />
          </Block>
        )}
        {(learns || data.due.length > 0) && (
          <Block title={t("home.due")}>
            <TimelineList due={data.due} titles={titles} />
          </Block>
        )}
        {!learns && data.due.length === 0 && data.to_grade.length === 0 && (
          <Block title={t("home.toGrade")}>
            <p className="muted">{t("home.nothingToGrade")}</p>
          </Block>
        )}
      </div>
      <div className="stack">
        <Block title={t("home.courses")}>
          <Courses courses={data.courses} />
          {learns && (
            <p>
              <Link to="/grade-points">{t("gradePoints.link")}</Link>
            </p>
          )}
        </Block>
        {(learns || data.feedback.length > 0) && (
          <Block title={t("home.feedback")}>
            <FeedbackList feedback={data.feedback} titles={titles} />
          </Block>
        )}
      </div>
    </div>
  );
}

function Block({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="panel">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Courses({ courses, learner }: { courses: DashboardCourse[]; learner?: number }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (courses.length === 0) return <p className="muted">{t("home.noCourses")}</p>;
  return (
    <ul className="rows">
      {courses.map((course) => (
        <li key={course.course_id}>
          <Link
            className="rows-link"
            to={`${learner ? observedBase(learner) : ""}/courses/${course.course_id}`}
          >
            <CourseStripe course={course} />
            <span className="grow">
              <strong>{course.title}</strong>
              <br />
              <span className="small muted">{course.code}</span>
            </span>
            {course.current_percent !== null && (
              <span className="figures">
                {formatPercent(course.current_percent, locale)} <bdi>{course.current_letter}</bdi>
              </span>
            )}
            {course.status !== "published" && (
              <span className="small muted">{t(`courses.status.${course.status}`)}</span>
            )}
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Who only administers begins with what the administration's overview says. */
const AdminBoard = lazy(() => import("./admin-board"));

/** The same three answers for each child of an observer, read only. */
function Child({ child }: { child: Observed }) {
  const { t } = useTranslation();
  const titles = titlesOf(child.courses);
  const base = observedBase(child.user_id);
  return (
    <section className="stack" aria-labelledby={`child-${child.user_id}`}>
      <h2 id={`child-${child.user_id}`}>{child.name}</h2>
      <div className="columns">
        <Block title={t("home.due")}>
          <TimelineList due={child.due} titles={titles} base={base} />
        </Block>
        <div className="stack">
          <Block title={t("home.grades")}>
            <Courses courses={child.courses} learner={child.user_id} />
          </Block>
          <Block title={t("home.feedback")}>
            <FeedbackList feedback={child.feedback} titles={titles} base={base} />
          </Block>
        </div>
      </div>
    </section>
  );
}
