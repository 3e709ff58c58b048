import { queryOptions } from "@tanstack/react-query";
import { http } from "../../lib/http";
import type { Schemas } from "../../lib/schemas";

export type ClusterNode = Schemas["ClusterViewNode"];

export type Shard = Schemas["ClusterViewShard"];

export type Cluster = Schemas["ClusterRoutesCluster"];

export const clusterQuery = queryOptions({
  queryKey: ["cluster"],
  queryFn: () => http.get<Cluster>("/operator/cluster"),
  refetchInterval: 5_000,
});
