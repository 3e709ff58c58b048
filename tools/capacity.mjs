// Computes what large installations would take from what the benches measured, and writes it between the marks of
// docs/reference/capacity.md. `--check` only says whether the document is current.
import { readFileSync, writeFileSync } from "node:fs";

const root = new URL("..", import.meta.url);
const file = new URL("docs/reference/capacity.md", root);
const [begin, end] = ["<!-- computed by tools/capacity.mjs: begin -->", "<!-- computed: end -->"];

// What nobody measured is here, and nowhere else. [least, likely, most]
const assumed = {
  readShare: [0.9, 0.8, 0.7],
  computeShare: [0.02, 0.05, 0.1],
  busy: [0.7, 0.6, 0.5],
  notMeasured: [1, 1.25, 1.5],
  askedPerMinute: [1, 1.5, 2],
  streamShare: [0.05, 0.2, 1],
  coresPerNode: 8,
  coresPerShard: 16,
  streamsPerNode: 50_000,
  replicasPerShard: 2,
  schemasPerShard: 2_000,
  copies: [1.5, 2, 3],
  diskTerabytes: 20,
  disksPerNode: 12,
  diskFilled: 0.75,
};

const results = (name) => readFileSync(new URL(`bench/results/${name}.txt`, root), "utf8");
const texts = { load: results("load"), tenants: results("tenants"), gradebook: results("gradebook"), pages: results("pages"), similarity: results("similarity") };

/** A figure of a bench: its value, or what stands after `of=`. */
function figure(bench, name, of = "value") {
  const line = texts[bench].split("\n").find((one) => one.startsWith(`${bench}/${name}: `));
  const number = Number(new RegExp(`${of}=(\\S+)`).exec(line ?? "")?.[1]);
  if (Number.isNaN(number)) throw new Error(`bench/results has no number ${bench}/${name} ${of}.`);
  return number;
}

/** Seconds in which all institutions of a kind were made. */
function created(kind) {
  const seconds = Number(new RegExp(`creation: \\d+ ${kind} institutions in ([\\d.]+) s`).exec(texts.tenants)?.[1]);
  if (Number.isNaN(seconds)) throw new Error(`bench/results/tenants.txt does not say how long the making of ${kind} institutions took.`);
  return seconds;
}

const three = (make) => [0, 1, 2].map(make);
const spread = (name) => [figure("load", `${name}-least`), figure("load", name), figure("load", `${name}-most`)];
const shape = (name) => ({ server: spread(`${name}-1-node-server-cpu-ms`), database: spread(`${name}-1-node-database-cpu-ms`) });
const [read, write, compute] = ["read-heavy", "write-heavy", "compute-heavy"].map(shape);

// The many institutions of a database cost its work a factor, which was measured as time and is taken as work.
const crowd = ["read", "write"].map((work) => figure("tenants", `grade-${work}-mixed-p95-ms`, "ratio"));
const manyTenants = [1, (1 + Math.max(...crowd)) / 2, Math.max(...crowd)];

const mixed = (part) =>
  three((i) => {
    const [reads, computes] = [assumed.readShare[i], assumed.computeShare[i]];
    return reads * read[part][i] + computes * compute[part][i] + (1 - reads - computes) * write[part][i];
  });
const serverMs = mixed("server").map((ms, i) => ms * assumed.notMeasured[i]);
const databaseMs = mixed("database").map((ms, i) => ms * assumed.notMeasured[i] * manyTenants[i]);
const edgeMs = figure("load", "edge-cpu-ms-a-request");
// From nothing but work to what one of twenty waits.
const answerMs = [serverMs[0] + databaseMs[0], figure("load", "read-heavy-1-node-p50-ms"), figure("load", "read-heavy-1-node-p95-ms")];

/** Cores, nodes and shards for so many requests a second. */
function forRate(rates) {
  const cores = (ms) => three((i) => (rates[i] * ms[i]) / 1000 / assumed.busy[i]);
  const [server, database, edge] = [cores(serverMs), cores(databaseMs), cores([edgeMs, edgeMs, edgeMs])];
  return {
    server,
    database,
    edge,
    nodes: server.map((one) => Math.ceil(one / assumed.coresPerNode) + 1),
    shards: database.map((one) => Math.ceil(one / assumed.coresPerShard)),
    inFlight: rates.map((rate, i) => (rate * Math.max(answerMs[0], answerMs[i])) / 1000),
  };
}

const number = (value) =>
  value >= 100 ? Number(value.toPrecision(3)).toLocaleString("en") : String(Number(value.toPrecision(value < 1 ? 1 : 2)));
const range = ([least, likely, most]) => `| ${number(least)} | **${number(likely)}** | ${number(most)} |`;
const table = (title, rows) => [`| ${title} | least | likely | most |`, "|---|---|---|---|", ...rows.map(([what, of]) => `| ${what} ${range(of)}`)];

function rateTable(rates) {
  const need = forRate(rates);
  const memory = figure("gradebook", "server-memory-mib") / 1024;
  return table("need", [
    ["requests a second", rates],
    ["cores of api nodes", need.server],
    [`api nodes of ${assumed.coresPerNode} cores, one spare`, need.nodes],
    ["memory of their processes, GiB", need.nodes.map((one) => one * memory)],
    ["cores of primaries", need.database],
    [`shards of ${assumed.coresPerShard} cores`, need.shards],
    [`database servers, each shard with ${assumed.replicasPerShard} replicas`, need.shards.map((one) => one * (1 + assumed.replicasPerShard))],
    ["cores of the edge", need.edge],
    ["requests under way, and connections in use at most", need.inFlight],
  ]);
}

/** Essays of 600 words, compared with each other and with ten times as many, in a day. */
function comparingTable(works) {
  const ms = figure("similarity", "processor-ms-per-work");
  const kib = figure("similarity", "index-kib-per-work");
  return table("need", [
    ["cores, of workers and databases together", three((i) => (works * ms * assumed.notMeasured[i]) / assumed.busy[i] / 86_400_000)],
    ["GiB of fingerprints", three(() => (works * kib) / 1024 ** 2)],
  ]);
}

function streamTable(people) {
  const streams = assumed.streamShare.map((share) => people * share);
  const kib = figure("load", "real-time-1-node-memory-kib-a-stream");
  const [serverCpu, databaseCpu] = ["server", "database"].map((of) => figure("load", `real-time-1-node-${of}-cpu-ms-a-stream-minute`));
  const cores = (ms) => streams.map((count, i) => (count * ms) / 60_000 / assumed.busy[i]);
  const byCores = cores(serverCpu).map((one) => one / assumed.coresPerNode);
  return table("need", [
    ["streams open", streams],
    ["memory for them, GiB", streams.map((count) => (count * kib) / 1024 ** 2)],
    ["cores of realtime nodes", cores(serverCpu)],
    ["cores of databases for their heartbeats", cores(databaseCpu)],
    [
      `realtime nodes of ${assumed.coresPerNode} cores and ${number(assumed.streamsPerNode)} streams`,
      streams.map((count, i) => Math.ceil(Math.max(byCores[i], count / assumed.streamsPerNode)) + 1),
    ],
  ]);
}

function institutionTable() {
  const [pooled, own] = [8_000, 2_000];
  const minutes = (created("pooled") + created("schema")) / 60;
  const shards = Math.ceil(own / assumed.schemasPerShard);
  const memory = ["pooled", "schema"].map((kind) => figure("tenants", `connection-memory-after-1000-${kind}-mib`));
  return [
    "| need | |",
    "|---|---|",
    `| minutes to make ${number(pooled)} pooled institutions and ${number(own)} schemas, two at a time | ${number(minutes)} |`,
    `| shards, so that none holds more than the ${assumed.schemasPerShard} schemas that were measured | ${shards} |`,
    `| MiB of a connection that has met 1,000 pooled institutions | ${number(memory[0])} |`,
    `| MiB of a connection that has met 1,000 schemas | ${number(memory[1])} |`,
    `| times longer a grade is read at 10,000 than at 10 institutions (95th of 100) | ${number(crowd[0])} |`,
  ];
}

function storeTable(terabytes) {
  const raw = assumed.copies.map((copies) => (terabytes * copies) / assumed.diskFilled);
  return table("need", [
    ["TB of disk", raw],
    [`disks of ${assumed.diskTerabytes} TB`, raw.map((one) => Math.ceil(one / assumed.diskTerabytes))],
    [`nodes of ${assumed.disksPerNode} disks`, raw.map((one) => Math.ceil(one / assumed.diskTerabytes / assumed.disksPerNode))],
  ]);
}

function sizingTable() {
  const lines = { "1,000": 2, "10,000": 5, "100,000": 20, "1,000,000": 100 };
  return [
    "| people at once | requests a second | api nodes and databases, least to most | of them api nodes, likely | the requirement's line |",
    "|---|---|---|---|---|",
    ...Object.entries(lines).map(([people, servers]) => {
      const rates = assumed.askedPerMinute.map((asked) => (Number(people.replaceAll(",", "")) * asked) / 60);
      const need = forRate(rates);
      // Here each shard has one replica: two servers are the least at which one may fail.
      const all = three((i) => need.nodes[i] + 2 * need.shards[i]);
      return `| ${people} | ${number(rates[1])} | ${number(all[0])} – ${number(all[2])} | ${number(need.nodes[1])} | ${servers} |`;
    }),
  ];
}

function assumptions() {
  const row = (what, value) => `| ${what} | ${[value].flat().map((one) => Number(one.toPrecision(3))).join(" · ")} |`;
  return [
    "| assumed, not measured | least · likely · most |",
    "|---|---|",
    row("share of reads among requests", assumed.readShare),
    row("share of heavy computation", assumed.computeShare),
    row("how busy cores may be on purpose", assumed.busy),
    row("factor for what no run had: TLS, real networks, broker, colder caches", assumed.notMeasured),
    row("factor for many institutions in a database (the worst of the measured ratios as most)", manyTenants),
    row("requests a minute of somebody who is there", assumed.askedPerMinute),
    row("share of those who are there that keep a stream open", assumed.streamShare),
    row("copies of every file, by erasure coding or whole", assumed.copies),
  ];
}

function measured() {
  const date = /^date: (.*)$/m.exec(texts.load)[1];
  const load = /^load before: ([\d.]+)/m.exec(texts.load)[1];
  const machine = /^machine: (.*)$/m.exec(texts.load)[1];
  const rows = ["read-heavy", "write-heavy", "compute-heavy"].map((name) => {
    const kept = ["1-node", "3-nodes"].map((nodes) => figure("load", `${name}-${nodes}-rate-kept`));
    return `| ${name} ${range(shape(name).server)}${range(shape(name).database).slice(1)} ${kept.join(" · ")} |`;
  });
  return [
    `From the run of ${date} on ${machine}; ${load} processes wanted to run before it began.`,
    "",
    "| shape | server ms, least | mean | most | database ms, least | mean | most | requests/s kept by 1 · 3 nodes |",
    "|---|---|---|---|---|---|---|---|",
    ...rows,
  ];
}

const computed = [
  begin,
  "## What was measured",
  ...measured(),
  "",
  "## What was assumed",
  ...assumptions(),
  "",
  "## 100,000 requests a second",
  ...rateTable([100_000, 100_000, 100_000]),
  "",
  "## 5 million people at once",
  "Their requests:",
  "",
  ...rateTable(assumed.askedPerMinute.map((asked) => (5_000_000 * asked) / 60)),
  "",
  "Their open streams:",
  "",
  ...streamTable(5_000_000),
  "",
  "## 10,000 institutions",
  ...institutionTable(),
  "",
  "## 500 TB of files",
  ...storeTable(500),
  "",
  "## A million essays compared in a day",
  ...comparingTable(1_000_000),
  "",
  "## The sizing line",
  ...sizingTable(),
  end,
].join("\n");

const text = readFileSync(file, "utf8");
const current = text.slice(0, text.indexOf(begin)) + computed + text.slice(text.indexOf(end) + end.length);
if (process.argv.includes("--check")) {
  if (current !== text) {
    console.error("docs/reference/capacity.md is not what bench/results say now: ./dev capacity writes it.");
    process.exitCode = 1;
  }
} else writeFileSync(file, current);
