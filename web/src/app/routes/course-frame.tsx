import { useQuery } from "@tanstack/react-query";
import { Link, Outlet } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { courseQuery } from "../../features/courses/api";
import { standingIn } from "../../lib/access";
import { useId } from "../../lib/address";
import { CourseStandingContext } from "../../lib/course-standing";
import { deviceZone } from "../../lib/dates";
import { useSession } from "../../lib/session";
import { Failed, Skeleton } from "../../ui/states";

interface Tab {
  to: string;
  label: string;
  staff?: boolean;
}

const tabs: Tab[] = [
  { to: "", label: "course.overview" },
  { to: "/assignments", label: "course.assignments" },
  { to: "/gradebook", label: "course.gradebook", staff: true },
  { to: "/grades", label: "course.grades", staff: false },
  { to: "/people", label: "course.people" },
  { to: "/groups", label: "course.groups" },
  { to: "/sections", label: "course.sections", staff: true },
  { to: "/settings", label: "course.settings", staff: true },
];

/** The tabs of one course: staff and learners each see what they use. */
export default function CourseFrame() {
  const { t } = useTranslation();
  const courseId = useId("courseId");
  const session = useSession();
  const query = useQuery(courseQuery(courseId));
  if (query.error && !query.data) return <Failed error={query.error} onRetry={query.refetch} />;
  if (!query.data) return <Skeleton lines={3} />;
  const standing = standingIn(session, query.data);
  const staff = standing === "staff";
  const context = {
    staff,
    learner: standing === "learner",
    zone: query.data.time_zone || deviceZone,
    title: query.data.title,
  };
  const shown = tabs.filter((tab) => tab.staff === undefined || tab.staff === staff);
  return (
    <div className="course-frame">
      <nav className="tabs" aria-label={t("course.nav", { course: query.data.title })}>
        {shown.map((tab) => (
          <Link
            key={tab.to}
            to={`/courses/${courseId}${tab.to}`}
            activeOptions={{ exact: tab.to === "", includeSearch: false }}
            activeProps={{ "aria-current": "page" }}
          >
            {t(tab.label)}
          </Link>
        ))}
      </nav>
      <CourseStandingContext value={context}>
        <Outlet />
      </CourseStandingContext>
    </div>
  );
}
