import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ShieldCheck, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useFilters } from "../../../lib/address";
import { itemsOf } from "../../../lib/query-client";
import { Button } from "../../../ui/button";
import { TextField } from "../../../ui/field";
import { Page } from "../../../ui/page";
import { QueryView, ShowMore } from "../../../ui/query-view";
import { SearchField } from "../../../ui/search-field";
import { Empty } from "../../../ui/states";
import { Table } from "../../../ui/table";
import { When } from "../../../ui/when";
import { type AuditEntry, auditQuery, sealsQuery } from "../admin-api";
import { PersonPicker } from "../components/person-picker";

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
        {actor ? (
          <ChosenActor
            name={nameOf(actor, itemsOf(query.data)) ?? t("identity.audit.person", { id: actor })}
            onClear={() => setFilters({ actor: undefined })}
          />
        ) : (
          <PersonPicker
            label={t("identity.audit.actor")}
            onPick={(person) => setFilters({ actor: String(person.user_id) })}
          />
        )}
        {(["action", "subject"] as const).map((field) => (
          <SearchField
            key={field}
            label={t(`identity.audit.${field}`)}
            value={{ action, subject }[field] ?? ""}
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

const nameOf = (actor: string, entries: AuditEntry[]) =>
  entries.find((entry) => String(entry.actor_id) === actor)?.actor_name;

function ChosenActor({ name, onClear }: { name: string; onClear: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="field">
      <span className="field-legend">{t("identity.audit.actor")}</span>
      <Button icon={<X size={16} aria-hidden />} onClick={onClear}>
        {t("identity.audit.only", { name })}
      </Button>
    </div>
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

const columns = ["at", "actor", "action", "subject", "detail"];

function Entries({ entries }: { entries: AuditEntry[] }) {
  const { t } = useTranslation();
  return (
    <Table columns={columns.map((column) => t(`identity.audit.${column}`))}>
      {entries.map((entry) => (
        <tr key={entry.audit_entry_id}>
          <td data-label={t("identity.audit.at")}>
            <When at={entry.at} />
          </td>
          <td data-label={t("identity.audit.actor")}>
            <Actor entry={entry} />
          </td>
          <td data-label={t("identity.audit.action")} className="mono one-line">
            {entry.action}
          </td>
          <td data-label={t("identity.audit.subject")}>
            <Subject entry={entry} />
          </td>
          <td data-label={t("identity.audit.detail")} className="mono">
            {wordsOf(entry.detail)}
          </td>
        </tr>
      ))}
    </Table>
  );
}

function Actor({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  if (entry.actor_id === null) return t("identity.audit.program");
  return (
    <Link to={`/admin/people/${entry.actor_id}`}>
      {entry.actor_name ?? t("identity.audit.person", { id: entry.actor_id })}
    </Link>
  );
}

function Subject({ entry }: { entry: AuditEntry }) {
  return (
    <div>
      {entry.subject_name && <div>{entry.subject_name}</div>}
      <span className="mono">{entry.subject}</span>
    </div>
  );
}

/** What was said with the entry, as words where it is flat; nothing is left out but nothing. */
function wordsOf(detail: unknown): string {
  if (detail === null || detail === undefined) return "";
  if (typeof detail !== "object") return String(detail);
  return Object.entries(detail)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}: ${typeof value === "object" ? JSON.stringify(value) : value}`)
    .join(" · ");
}
