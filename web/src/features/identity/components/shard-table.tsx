import { useTranslation } from "react-i18next";
import { Badge } from "../../../ui/badge";
import { Table } from "../../../ui/table";
import type { Shard } from "../operator-api";

const columns = ["database", "state", "institutions", "jobs", "events", "standbys"];

/** The databases: who lives there, what waits, and how far their standbys are behind. */
export function ShardTable({ shards }: { shards: Shard[] }) {
  const { t } = useTranslation();
  return (
    <section className="stack">
      <h2>{t("identity.cluster.databases")}</h2>
      <Table columns={columns.map((column) => t(`identity.cluster.${column}`))}>
        {shards.map((shard) => (
          <ShardRow key={shard.id} shard={shard} />
        ))}
      </Table>
    </section>
  );
}

function ShardRow({ shard }: { shard: Shard }) {
  const { t } = useTranslation();
  return (
    <tr>
      <th scope="row">
        <span className="stack-tight">
          {shard.label}
          <span className="small muted">
            {[shard.cluster, shard.region].filter(Boolean).join(" · ")}
          </span>
        </span>
      </th>
      <td data-label={t("identity.cluster.state")}>
        <Badge tone={shard.answers ? "good" : "bad"}>
          {t(shard.answers ? "identity.cluster.answers" : "identity.cluster.away")}
        </Badge>
      </td>
      <td data-label={t("identity.cluster.institutions")}>{shard.institutions}</td>
      <td data-label={t("identity.cluster.jobs")}>{shard.jobs && <Jobs jobs={shard.jobs} />}</td>
      <td data-label={t("identity.cluster.events")}>
        <Lines
          lines={shard.readers.map((reader) =>
            t("identity.cluster.oldest", {
              reader: reader.name,
              count: reader.waiting,
              seconds: Math.round(reader.age_seconds),
            }),
          )}
        />
      </td>
      <td data-label={t("identity.cluster.standbys")}>
        <Lines
          lines={shard.standbys.map(({ address, lag_seconds: lag }) =>
            lag === null
              ? t("identity.cluster.lagUnknown", { address })
              : t("identity.cluster.lag", { address, seconds: Math.round(lag) }),
          )}
        />
      </td>
    </tr>
  );
}

function Jobs({ jobs }: { jobs: NonNullable<Shard["jobs"]> }) {
  const { t } = useTranslation();
  const seconds = Math.round(jobs.age_seconds);
  return (
    <span className="stack-tight">
      <span>{jobs.waiting}</span>
      {jobs.waiting > 0 && (
        <span className="small muted">{t("identity.cluster.longest", { seconds })}</span>
      )}
      {jobs.dead > 0 && (
        <Badge tone="bad">{t("identity.cluster.jobsDead", { count: jobs.dead })}</Badge>
      )}
    </span>
  );
}

function Lines({ lines }: { lines: string[] }) {
  return (
    <span className="stack-tight">
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
      {lines.length === 0 && "–"}
    </span>
  );
}
