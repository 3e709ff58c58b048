import { queryOptions } from "@tanstack/react-query";
import { http } from "../../lib/http";

export interface ClusterNode {
  name: string;
  target: string;
  version: string;
  state: "serving" | "draining" | "silent";
  started_at: string;
  seen_at: string;
  cores_used: number;
  memory_bytes: number;
  disk_free_bytes: number;
  live_streams: number;
  /** What it cannot reach at the moment and does without. */
  away: string[];
}

export interface Shard {
  id: number;
  label: string;
  cluster: string;
  region: string | null;
  answers: boolean;
  institutions: number;
  jobs: { waiting: number; running: number; dead: number; age_seconds: number } | null;
  readers: { name: string; waiting: number; age_seconds: number }[];
  standbys: { address: string; lag_seconds: number | null }[];
}

export interface Cluster {
  nodes: ClusterNode[];
  shards: Shard[];
  plans: { name: string; institutions: number }[];
}

export const clusterQuery = queryOptions({
  queryKey: ["cluster"],
  queryFn: () => http.get<Cluster>("/operator/cluster"),
  refetchInterval: 5_000,
});
