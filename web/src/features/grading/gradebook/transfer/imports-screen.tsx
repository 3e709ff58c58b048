import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Upload } from "lucide-react";
import { useTranslation } from "react-i18next";
import { itemsOf } from "../../../../lib/query-client";
import { FileButton } from "../../../../ui/file-button";
import { Page } from "../../../../ui/page";
import { QueryView, ShowMore } from "../../../../ui/query-view";
import { ActionFailed } from "../../../../ui/states";
import { When } from "../../../../ui/when";
import { gradebookImportsQuery, sendGrades } from "../../imports-api";
import { GradebookImportBadge } from "./import-state";

/** Bringing grades back from a spreadsheet: sending a file changes nothing, it is compared. */
export function ImportsScreen({ courseId }: { courseId: number }) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(gradebookImportsQuery(courseId));
  return (
    <Page title={t("grading.files.import")}>
      <SendFile courseId={courseId} />
      <section className="panel stack" aria-labelledby="imports">
        <h2 id="imports">{t("grading.files.sent")}</h2>
        <QueryView query={query} lines={3}>
          {(data) => {
            const items = itemsOf(data);
            if (items.length === 0) return <p className="muted">{t("grading.files.noneSent")}</p>;
            return (
              <ul className="rows">
                {items.map((one) => (
                  <li key={one.gradebook_import_id}>
                    <Link
                      className="rows-link"
                      to={`/courses/${courseId}/gradebook/imports/${one.gradebook_import_id}`}
                    >
                      <span className="grow">
                        <strong>{one.file_name}</strong>
                        <br />
                        <span className="small muted">
                          {one.created_by_name} · <When at={one.created_at} relative />
                        </span>
                      </span>
                      <GradebookImportBadge state={one.state} />
                    </Link>
                  </li>
                ))}
              </ul>
            );
          }}
        </QueryView>
        <ShowMore query={query} />
      </section>
    </Page>
  );
}

function SendFile({ courseId }: { courseId: number }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const mutation = useMutation({
    mutationFn: (file: File) => sendGrades(courseId, file),
    onSuccess: async (made) => {
      await queryClient.invalidateQueries({ queryKey: gradebookImportsQuery(courseId).queryKey });
      await navigate({ to: `/courses/${courseId}/gradebook/imports/${made.gradebook_import_id}` });
    },
  });
  return (
    <section className="panel stack">
      <p>{t("grading.files.importHelp")}</p>
      <div className="row">
        <FileButton
          kind="primary"
          accept=".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          disabled={mutation.isPending}
          onFile={(file) => mutation.mutate(file)}
        >
          <Upload size={16} aria-hidden />
          {t(mutation.isPending ? "grading.files.sending" : "grading.files.choose")}
        </FileButton>
      </div>
      <ActionFailed error={mutation.error} />
    </section>
  );
}
