import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useId } from "../../../lib/address";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { Button } from "../../../ui/button";
import { Page } from "../../../ui/page";
import { QueryView } from "../../../ui/query-view";
import { ActionFailed } from "../../../ui/states";
import { ImportRows } from "../components/import-rows";
import { ImportStateBadge } from "../components/import-state";
import { applyImport, type ImportCounts, importQuery, type RosterImport } from "../imports-api";

const columns: (keyof ImportCounts)[] = ["create", "update", "delete", "unchanged", "error"];

/** The plan of one import: what would change, which rows were refused and why, and the button. */
export default function ImportPage() {
  const importId = useId("importId");
  const query = useQuery(importQuery(importId));
  return (
    <QueryView query={query}>
      {(one) => (
        <Page
          title={one.file_name}
          state={<ImportStateBadge state={one.state} />}
          actions={one.state === "planned" && <Apply one={one} />}
        >
          <Words one={one} />
          {one.summary && <Summary summary={one.summary} />}
          {one.state !== "reading" && <ImportRows importId={importId} />}
        </Page>
      )}
    </QueryView>
  );
}

function Words({ one }: { one: RosterImport }) {
  const { t } = useTranslation();
  const running = one.state === "reading" || one.state === "applying";
  const tones = { refused: "bad", failed: "bad", applied: "good" } as Record<string, string>;
  return (
    <div className="notice" data-tone={tones[one.state]} role="status">
      <span className="grow">
        {t(`courses.imports.words.${one.state}`)} {one.refused_because}
        {running && ` ${t("common.mayLeave")}`}
      </span>
      {running && (
        <progress
          className="progress"
          aria-label={t(`courses.imports.state.${one.state}`)}
          max={100}
          value={one.progress_percent ?? undefined}
        />
      )}
    </div>
  );
}

function Apply({ one }: { one: RosterImport }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const mutation = useMutation({
    mutationFn: () => applyImport(one.roster_import_id),
    onSettled: () =>
      queryClient.invalidateQueries({ queryKey: importQuery(one.roster_import_id).queryKey }),
  });
  return (
    <>
      <Button kind="primary" busy={mutation.isPending} onClick={() => mutation.mutate()}>
        {t("courses.imports.apply")}
      </Button>
      <ActionFailed error={mutation.error} />
    </>
  );
}

function Summary({ summary }: { summary: NonNullable<RosterImport["summary"]> }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <div className="table-wrap">
      <table className="table" data-stack>
        <thead>
          <tr>
            <th>{t("courses.imports.what")}</th>
            {columns.map((column) => (
              <th key={column} className="num">
                {t(`courses.imports.count.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Object.entries(summary).map(([subject, counts]) => (
            <tr key={subject}>
              <th scope="row">
                {t(`courses.imports.subject.${subject}`, { defaultValue: subject })}
              </th>
              {columns.map((column) => (
                <td key={column} className="num" data-label={t(`courses.imports.count.${column}`)}>
                  {formatNumber(counts[column] ?? 0, locale)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
