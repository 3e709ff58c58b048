import { Link, Outlet } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useSession } from "../../lib/session";
import { adminSections } from "../shell/admin-sections";

/** The tabs of the administration: only those that would open. */
export default function AdminFrame() {
  const { t } = useTranslation();
  const session = useSession();
  return (
    <div className="course-frame">
      <nav className="tabs" aria-label={t("nav.admin")}>
        <Link
          to="/admin"
          activeOptions={{ exact: true, includeSearch: false }}
          activeProps={{ "aria-current": "page" }}
        >
          {t("course.overview")}
        </Link>
        {adminSections(session).map((section) => (
          <Link
            key={section.to}
            to={section.to}
            activeOptions={{ includeSearch: false }}
            activeProps={{ "aria-current": "page" }}
          >
            {t(section.label)}
          </Link>
        ))}
      </nav>
      <Outlet />
    </div>
  );
}
