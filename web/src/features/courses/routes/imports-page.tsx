import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Upload } from "lucide-react";
import { useTranslation } from "react-i18next";
import { itemsOf } from "../../../lib/query-client";
import { FileButton } from "../../../ui/file-button";
import { Page } from "../../../ui/page";
import { QueryView, ShowMore } from "../../../ui/query-view";
import { ActionFailed, Empty } from "../../../ui/states";
import { ImportList } from "../components/import-list";
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
            <section className="panel">
              <ImportList imports={imports} />
            </section>
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
        <FileButton
          kind="primary"
          accept=".csv,.zip,text/csv,application/zip"
          disabled={mutation.isPending}
          onFile={(file) => mutation.mutate(file)}
        >
          <Upload size={16} aria-hidden />
          {t(mutation.isPending ? "courses.imports.reading" : "courses.imports.choose")}
        </FileButton>
      </div>
      <ActionFailed error={mutation.error} />
    </section>
  );
}
