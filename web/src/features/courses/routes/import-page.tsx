import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useId } from "../../../lib/address";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { Button } from "../../../ui/button";
import { CheckField } from "../../../ui/field";
import { Page } from "../../../ui/page";
import { QueryView } from "../../../ui/query-view";
import { ActionFailed } from "../../../ui/states";
import { ImportRows } from "../components/import-rows";
import { ImportStateBadge } from "../components/import-state";
import {
  applyImport,
  type ImportTally,
  importJobQuery,
  importQuery,
  type RosterImport,
} from "../imports-api";

const columns = ["creates", "updates", "deletes", "unchanged"] as const;

/** The plan of one import: what would change, which rows were refused and why, and the button. */
export default function ImportPage() {
  const importId = useId("importId");
  const query = useQuery(importQuery(importId));
  return (
    <QueryView query={query}>
      {(one) => (
        <Page title={one.file_name} state={<ImportStateBadge state={one.state} />}>
          <Words one={one} />
          {one.state === "planned" && <Apply one={one} />}
          {one.summary.kinds.length > 0 && <Summary kinds={one.summary.kinds} />}
          {one.state !== "planning" && <ImportRows one={one} />}
        </Page>
      )}
    </QueryView>
  );
}

function Words({ one }: { one: RosterImport }) {
  const { t } = useTranslation();
  const running = one.state === "planning" || one.state === "applying";
  const job = useQuery(importJobQuery(one.job_id, running)).data;
  const tones = { refused: "bad", outdated: "warn", applied: "good" } as Record<string, string>;
  const stopped = job?.state === "dead" ? job.error : null;
  return (
    <div className="notice" data-tone={stopped ? "bad" : tones[one.state]} role="status">
      <span className="grow">
        {t(`courses.imports.words.${one.state}`)} {stopped}
        {running && !stopped && ` ${t("common.mayLeave")}`}
      </span>
      {running && !stopped && (
        <progress
          className="progress"
          aria-label={t(`courses.imports.state.${one.state}`)}
          max={job?.total ?? undefined}
          value={job?.total ? job.progress : undefined}
        />
      )}
    </div>
  );
}

/** Changes far beyond a usual night are held until somebody says that they are meant. */
function Apply({ one }: { one: RosterImport }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [meant, setMeant] = useState(false);
  const holds = one.summary.holds;
  const mutation = useMutation({
    mutationFn: () => applyImport(one.roster_import_id, meant),
    onSettled: () =>
      queryClient.invalidateQueries({ queryKey: importQuery(one.roster_import_id).queryKey }),
  });
  return (
    <div className="stack">
      {holds.length > 0 && (
        <div className="notice" data-tone="warn">
          <div className="grow stack">
            <ul>
              {holds.map((hold) => (
                <li key={`${hold.kind}-${hold.code}`}>{hold.because}</li>
              ))}
            </ul>
            <CheckField
              label={t("courses.imports.meant")}
              checked={meant}
              onChange={(event) => setMeant(event.target.checked)}
            />
          </div>
        </div>
      )}
      <div>
        <Button
          kind="primary"
          disabled={holds.length > 0 && !meant}
          busy={mutation.isPending}
          onClick={() => mutation.mutate()}
        >
          {t("courses.imports.apply")}
        </Button>
      </div>
      <ActionFailed error={mutation.error} />
    </div>
  );
}

function Summary({ kinds }: { kinds: ImportTally[] }) {
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
          {kinds.map((tally) => (
            <tr key={tally.kind}>
              <th scope="row">{t(`courses.imports.thing.${tally.kind}`)}</th>
              {columns.map((column) => (
                <td key={column} className="num" data-label={t(`courses.imports.count.${column}`)}>
                  {formatNumber(tally[column], locale)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
