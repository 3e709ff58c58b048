import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ShieldCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useFilters } from "../../../lib/address";
import { itemsOf } from "../../../lib/query-client";
import { TextField } from "../../../ui/field";
import { Page } from "../../../ui/page";
import { QueryView, ShowMore } from "../../../ui/query-view";
import { SearchField } from "../../../ui/search-field";
import { Empty } from "../../../ui/states";
import { When } from "../../../ui/when";
import { type AuditEntry, auditQuery, sealsQuery } from "../admin-api";

/** Who did what, when; entries are sealed in chained batches and cannot be changed after. */
export default function AuditPage() {
  const { t } = useTranslation();
  const [{ actor, subject, action, from, to }, setFilters] = useFilters();
  const query = useInfiniteQuery(
    auditQuery({
      actor,
      subject,
      action,
      from: from && `${from}T00:00:00Z`,
      to: to && `${to}T23:59:59Z`,
    }),
  );
  return (
    <Page title={t("nav.audit")} state={<SealState />}>
      <search className="toolbar">
        {(["actor", "action", "subject"] as const).map((field) => (
          <SearchField
            key={field}
            label={t(field === "actor" ? "identity.audit.actorFilter" : `identity.audit.${field}`)}
            value={{ actor, action, subject }[field] ?? ""}
            onSearch={(text) => setFilters({ [field]: text })}
          />
        ))}
        {(["from", "to"] as const).map((field) => (
          <TextField
            key={field}
            label={t(`identity.audit.${field}`)}
            type="date"
            value={{ from, to }[field] ?? ""}
            onChange={(event) => setFilters({ [field]: event.target.value })}
          />
        ))}
      </search>
      <QueryView query={query} lines={6}>
        {(data) => {
          const entries = itemsOf(data);
          if (entries.length === 0) {
            return <Empty title={t("identity.audit.empty")}>{t("identity.audit.emptyHelp")}</Empty>;
          }
          return <Entries entries={entries} />;
        }}
      </QueryView>
      <ShowMore query={query} />
    </Page>
  );
}

function SealState() {
  const { t } = useTranslation();
  const seal = useQuery(sealsQuery).data?.[0];
  if (!seal) return null;
  return (
    <span className="muted small row">
      <ShieldCheck size={16} aria-hidden />
      <span>
        {t("identity.audit.sealed")} <When at={seal.sealed_at} relative />
        {" · "}
        <span className="mono" title={seal.hash}>
          {seal.hash.slice(0, 12)}…
        </span>
      </span>
    </span>
  );
}

function Entries({ entries }: { entries: AuditEntry[] }) {
  const { t } = useTranslation();
  return (
    <div className="table-wrap">
      <table className="table" data-stack>
        <thead>
          <tr>
            {["at", "actor", "action", "subject", "detail"].map((column) => (
              <th key={column}>{t(`identity.audit.${column}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.audit_entry_id}>
              <td data-label={t("identity.audit.at")}>
                <When at={entry.at} />
              </td>
              <td data-label={t("identity.audit.actor")}>
                <Actor entry={entry} />
              </td>
              <td data-label={t("identity.audit.action")} className="mono">
                {entry.action}
              </td>
              <td data-label={t("identity.audit.subject")} className="mono">
                {entry.subject}
              </td>
              <td data-label={t("identity.audit.detail")} className="mono">
                {wordsOf(entry.detail)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Entries keep numbers; a name may change, and must not change the log. */
function Actor({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  if (entry.actor_id === null) return t("identity.audit.program");
  return (
    <Link to={`/admin/people/${entry.actor_id}`}>
      {t("identity.audit.person", { id: entry.actor_id })}
    </Link>
  );
}

function wordsOf(detail: unknown): string {
  if (detail === null || detail === undefined) return "";
  return typeof detail === "string" ? detail : JSON.stringify(detail);
}
