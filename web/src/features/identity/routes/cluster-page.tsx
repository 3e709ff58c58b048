import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Page } from "../../../ui/page";
import { QueryView } from "../../../ui/query-view";
import { NodeTable } from "../components/node-table";
import { ShardTable } from "../components/shard-table";
import { clusterQuery } from "../operator-api";

/** Is it healthy, what is behind: the processes, the databases, and who lives there. */
export default function ClusterPage() {
  const { t } = useTranslation();
  const query = useQuery(clusterQuery);
  return (
    <Page
      title={t("identity.cluster.title")}
      state={<span className="small muted">{t("identity.cluster.refreshed")}</span>}
    >
      <QueryView query={query} lines={6}>
        {({ nodes, shards, plans }) => (
          <>
            <NodeTable nodes={nodes} />
            <ShardTable shards={shards} />
            <section className="stack">
              <h2>{t("identity.cluster.plans")}</h2>
              <div className="table-wrap">
                <table className="table">
                  <thead>
                    <tr>
                      <th>{t("identity.cluster.plan")}</th>
                      <th className="num">{t("identity.cluster.institutions")}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {plans.map((plan) => (
                      <tr key={plan.name}>
                        <th scope="row">{plan.name}</th>
                        <td className="num">{plan.institutions}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </section>
          </>
        )}
      </QueryView>
    </Page>
  );
}
