import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Upload } from "lucide-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { itemsOf } from "../../../lib/query-client";
import { Page } from "../../../ui/page";
import { QueryView, ShowMore } from "../../../ui/query-view";
import { ActionFailed, Empty } from "../../../ui/states";
import { When } from "../../../ui/when";
import { ImportStateBadge } from "../components/import-state";
import { importsQuery, uploadRoster } from "../imports-api";

export default function ImportsPage() {
  const { t } = useTranslation();
  const query = useInfiniteQuery(importsQuery());
  return (
    <Page title={t("nav.imports")}>
      <UploadRoster />
      <QueryView query={query} lines={4}>
        {(data) => {
          const imports = itemsOf(data);
          if (imports.length === 0) {
            return (
              <Empty title={t("courses.imports.empty")}>{t("courses.imports.emptyHelp")}</Empty>
            );
          }
          return (
            <ul className="rows panel">
              {imports.map((one) => (
                <li key={one.roster_import_id}>
                  <Link className="rows-link" to={`/admin/imports/${one.roster_import_id}`}>
                    <span className="grow">
                      <strong>{one.file_name}</strong>
                      <br />
                      <span className="small muted">
                        {t(`courses.imports.format.${one.format}`)} ·{" "}
                        <When at={one.created_at} relative />
                      </span>
                    </span>
                    <ImportStateBadge state={one.state} />
                  </Link>
                </li>
              ))}
            </ul>
          );
        }}
      </QueryView>
      <ShowMore query={query} />
    </Page>
  );
}

/** Reading a file changes nothing: it makes the plan that the next page shows. */
function UploadRoster() {
  const { t } = useTranslation();
  const inputId = useId();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const mutation = useMutation({
    mutationFn: uploadRoster,
    onSuccess: async (made) => {
      await queryClient.invalidateQueries({ queryKey: ["imports"] });
      await navigate({ to: `/admin/imports/${made.roster_import_id}` });
    },
  });
  return (
    <section className="panel stack">
      <div>
        <h2>{t("courses.imports.upload")}</h2>
        <p className="muted">{t("courses.imports.uploadHelp")}</p>
      </div>
      <div className="row">
        <label className="button" data-kind="primary" htmlFor={inputId}>
          <Upload size={16} aria-hidden />
          {t(mutation.isPending ? "courses.imports.reading" : "courses.imports.choose")}
        </label>
        <input
          id={inputId}
          className="visually-hidden"
          type="file"
          accept=".csv,.zip,text/csv,application/zip"
          disabled={mutation.isPending}
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) mutation.mutate(file);
            event.target.value = "";
          }}
        />
      </div>
      <ActionFailed error={mutation.error} />
    </section>
  );
}
