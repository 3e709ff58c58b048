import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatBytes, formatNumber } from "../../../lib/numbers";
import { Badge, type Tone } from "../../../ui/badge";
import { Empty } from "../../../ui/states";
import { Table } from "../../../ui/table";
import { When } from "../../../ui/when";
import type { ClusterNode } from "../operator-api";

const tones: Record<ClusterNode["state"], Tone> = {
  serving: "good",
  draining: "info",
  silent: "bad",
};

const columns = ["node", "state", "target", "cores", "memory", "disk", "streams", "seen"];

/** The processes as they tell of themselves. */
export function NodeTable({ nodes }: { nodes: ClusterNode[] }) {
  const { t } = useTranslation();
  return (
    <section className="stack">
      <h2>{t("identity.cluster.nodes")}</h2>
      {nodes.length === 0 ? (
        <Empty title={t("identity.cluster.nobody")}>{t("identity.cluster.nobodyHelp")}</Empty>
      ) : (
        <Table columns={columns.map((column) => t(`identity.cluster.${column}`))}>
          {nodes.map((node) => (
            <NodeRow key={node.name} node={node} />
          ))}
        </Table>
      )}
    </section>
  );
}

function NodeRow({ node }: { node: ClusterNode }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <tr>
      <th scope="row">
        <span className="stack-tight">
          <span className="mono">{node.name}</span>
          <span className="small muted">{node.version}</span>
        </span>
      </th>
      <td data-label={t("identity.cluster.state")}>
        <span className="stack-tight">
          <span>
            <Badge tone={tones[node.state]}>{t(`identity.cluster.states.${node.state}`)}</Badge>
          </span>
          {node.away.length > 0 && (
            <span className="small">
              {t("identity.cluster.without", { things: node.away.join(", ") })}
            </span>
          )}
        </span>
      </td>
      <td data-label={t("identity.cluster.target")}>{node.target}</td>
      <td data-label={t("identity.cluster.cores")}>{formatNumber(node.cores_used, locale)}</td>
      <td data-label={t("identity.cluster.memory")}>{formatBytes(node.memory_bytes, locale)}</td>
      <td data-label={t("identity.cluster.disk")}>{formatBytes(node.disk_free_bytes, locale)}</td>
      <td data-label={t("identity.cluster.streams")}>{formatNumber(node.live_streams, locale)}</td>
      <td data-label={t("identity.cluster.seen")}>
        <When at={node.seen_at} relative />
      </td>
    </tr>
  );
}
