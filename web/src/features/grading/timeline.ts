import type { DueItem } from "./dashboard-api";

export const buckets = ["missing", "now", "next", "later"] as const;
export type Bucket = (typeof buckets)[number];

const DAY_MS = 86_400_000;

/**
 * Missing is past due and not handed in; now is due within two days; next within a week; all the
 * rest, dated or not, is later. Nothing unfinished is left out.
 */
export function bucketOf(item: DueItem, now: number): Bucket {
  if (item.missing) return "missing";
  if (!item.due_at) return "later";
  const until = new Date(item.due_at).getTime() - now;
  if (until < 0) return "missing";
  if (until <= 2 * DAY_MS) return "now";
  return until <= 7 * DAY_MS ? "next" : "later";
}

export function timelineOf(items: DueItem[], now: number): Record<Bucket, DueItem[]> {
  const timeline: Record<Bucket, DueItem[]> = { missing: [], now: [], next: [], later: [] };
  for (const item of items) {
    if (!item.submitted_at) timeline[bucketOf(item, now)].push(item);
  }
  const time = (item: DueItem) => (item.due_at ? Date.parse(item.due_at) : Number.MAX_VALUE);
  for (const bucket of buckets) timeline[bucket].sort((a, b) => time(a) - time(b));
  return timeline;
}
