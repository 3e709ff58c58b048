import { useQuery } from "@tanstack/react-query";
import { Outlet } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { courseQuery } from "../../features/courses/api";
import { useId } from "../../lib/address";
import { CourseStandingContext } from "../../lib/course-standing";
import { deviceZone } from "../../lib/dates";
import { Failed, Skeleton } from "../../ui/states";
import { Tabs } from "../../ui/tabs";

/** Which permission opens which page. */
const pages = [
  { to: "", label: "course.overview", needs: "course.read" },
  { to: "/assignments", label: "course.assignments", needs: "assignment.read" },
  { to: "/gradebook", label: "course.gradebook", needs: "grade.read" },
  { to: "/outcomes", label: "course.outcomes", needs: "outcome.read" },
  { to: "/rubrics", label: "course.rubrics", needs: "assignment.read_drafts" },
  { to: "/grades", label: "course.grades", needs: "grade.read_own" },
  { to: "/people", label: "course.people", needs: "roster.read" },
  { to: "/groups", label: "course.groups", needs: "group.read" },
  { to: "/sections", label: "course.sections", needs: "section.manage" },
  { to: "/grading", label: "course.grading", needs: "assignment.manage" },
  { to: "/settings", label: "course.settings", needs: "course.manage" },
];

/** The tabs of one course: staff and learners each see what they use. */
export default function CourseFrame() {
  const { t } = useTranslation();
  const courseId = useId("courseId");
  const query = useQuery(courseQuery(courseId));
  if (query.error && !query.data) {
    return <Failed page error={query.error} onRetry={query.refetch} />;
  }
  if (!query.data) return <Skeleton lines={3} />;
  const permissions = new Set(query.data.permissions);
  const context = {
    permissions,
    zone: query.data.time_zone || deviceZone,
    title: query.data.title,
  };
  const shown = pages.filter((tab) => permissions.has(tab.needs));
  return (
    <div className="course-frame">
      <Tabs
        label={t("course.nav", { course: query.data.title })}
        tabs={shown.map((tab) => ({
          to: `/courses/${courseId}${tab.to}`,
          label: t(tab.label),
          exact: tab.to === "",
        }))}
      />
      <CourseStandingContext value={context}>
        <Outlet />
      </CourseStandingContext>
    </div>
  );
}
