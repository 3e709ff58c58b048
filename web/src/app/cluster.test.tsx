import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import ClusterPage from "../features/identity/routes/cluster-page";
import { stubFetch } from "../lib/fetch-stub";
import type { Schemas } from "../lib/schemas";
import { renderAt } from "./test-render";

const at = "2026-01-05T10:00:00Z";
const node: Schemas["ClusterViewNode"] = {
  name: "api-1",
  target: "api",
  version: "1.2.3",
  state: "serving",
  started_at: at,
  seen_at: at,
  cores_used: 0.5,
  memory_bytes: 256 * 1024 * 1024,
  disk_free_bytes: 10_000_000_000,
  live_streams: 12,
  away: [],
};
const shard: Schemas["ClusterViewShard"] = {
  id: 1,
  label: "first",
  cluster: "north",
  region: "eu",
  tier: null,
  draining: false,
  answers: true,
  institutions: 40,
  jobs: { database: 1, waiting: 7, running: 1, dead: 2, age_seconds: 90 },
  readers: [{ database: 1, name: "relay", waiting: 3, age_seconds: 4 }],
  standbys: [
    { address: "10.0.0.2", purposes: ["app"], lag_seconds: 1.4 },
    { address: "10.0.0.3", purposes: ["reporting"], lag_seconds: null },
  ],
};
const cluster: Schemas["ClusterRoutesCluster"] = {
  nodes: [node, { ...node, name: "worker-1", state: "silent", away: ["redis"] }],
  shards: [shard, { ...shard, id: 2, label: "second", answers: false, jobs: null, standbys: [] }],
  plans: [{ name: "free", institutions: 39 }],
};

async function open(body: unknown, status = 200) {
  stubFetch([
    [/GET \/sessions\/current/, () => ({ status: 401, body: { status: 401 } })],
    [/GET \/operator\/cluster/, () => ({ status, body })],
  ]);
  await renderAt("/", <ClusterPage />);
}

const row = async (name: string) =>
  within((await screen.findByText(name)).closest("tr") as HTMLElement);

describe("the cluster's page", () => {
  it("says of each process how it is and what it does without", async () => {
    await open(cluster);
    expect((await row("api-1")).getByText("Serving")).toBeTruthy();
    const worker = await row("worker-1");
    expect(worker.getByText("Silent")).toBeTruthy();
    expect(worker.getByText("Without redis")).toBeTruthy();
  });

  it("says of each database what waits and how far behind its standbys are", async () => {
    await open(cluster);
    const first = await row("first");
    expect(first.getByText("7")).toBeTruthy();
    expect(first.getByText("longest 90 s")).toBeTruthy();
    expect(first.getByText("2 given up on")).toBeTruthy();
    expect(first.getByText("relay: 3, oldest 4 s")).toBeTruthy();
    expect(first.getByText("10.0.0.2: 1 s behind")).toBeTruthy();
    expect(first.getByText("10.0.0.3: does not answer")).toBeTruthy();
    expect((await row("second")).getByText("Away")).toBeTruthy();
  });

  it("says when no process has told of itself", async () => {
    await open({ ...cluster, nodes: [] });
    expect(await screen.findByText("No process has told of itself")).toBeTruthy();
  });

  it("says whose it is to those it is not for", async () => {
    await open({ status: 403, title: "You may not do this" }, 403);
    expect(await screen.findByText("Not for you")).toBeTruthy();
  });
});
