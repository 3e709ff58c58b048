import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ImportList } from "../../features/courses/components/import-list";
import { importsQuery } from "../../features/courses/imports-api";
import { jobsQuery } from "../../features/identity/admin-api";
import { canOpen } from "../../lib/access";
import { itemsOf } from "../../lib/query-client";
import { useSession } from "../../lib/session";
import { QueryView } from "../../ui/query-view";

/** Did last night's sync work, what was refused, is anything stuck. */
export default function AdminBoard() {
  const session = useSession();
  return (
    <div className="form-grid" style={{ maxInlineSize: "none" }}>
      {canOpen(session, "imports") && <LastImports />}
      {canOpen(session, "jobs") && <StuckJobs />}
    </div>
  );
}

function LastImports() {
  const { t } = useTranslation();
  const query = useInfiniteQuery(importsQuery());
  return (
    <section className="panel">
      <h2>{t("home.admin.imports")}</h2>
      <QueryView query={query} lines={3}>
        {(data) => {
          const imports = itemsOf(data).slice(0, 5);
          if (imports.length === 0) return <p className="muted">{t("courses.imports.empty")}</p>;
          return <ImportList imports={imports} />;
        }}
      </QueryView>
      <p>
        <Link to="/admin/imports">{t("home.admin.newImport")}</Link>
      </p>
    </section>
  );
}

function StuckJobs() {
  const { t } = useTranslation();
  const query = useInfiniteQuery(jobsQuery({ state: "dead" }));
  return (
    <section className="panel">
      <h2>{t("home.admin.jobs")}</h2>
      <QueryView query={query} lines={3}>
        {(data) => {
          const jobs = itemsOf(data);
          return jobs.length === 0 ? (
            <p className="muted">{t("home.admin.noStuckJobs")}</p>
          ) : (
            <p>
              <Link to="/admin/jobs" search={{ state: "dead" }}>
                {t("home.admin.stuckJobs", { count: jobs.length })}
              </Link>
            </p>
          );
        }}
      </QueryView>
    </section>
  );
}
