import { Outlet } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useSession } from "../../lib/session";
import { Tabs } from "../../ui/tabs";
import { adminSections } from "../shell/admin-sections";

/** The tabs of the administration: only those that would open. */
export default function AdminFrame() {
  const { t } = useTranslation();
  const session = useSession();
  const sections = adminSections(session).map(({ to, label }) => ({ to, label: t(label) }));
  return (
    <div className="course-frame">
      <Tabs
        label={t("nav.admin")}
        tabs={[{ to: "/admin", label: t("course.overview"), exact: true }, ...sections]}
      />
      <Outlet />
    </div>
  );
}
