import { describe, expect, it } from "vitest";
import type { DueItem } from "./dashboard-api";
import { bucketOf, timelineOf } from "./timeline";

const now = Date.parse("2026-11-22T12:00:00Z");

function due(due_at: string | null, more: Partial<DueItem> = {}): DueItem {
  return {
    assignment_id: 1,
    course_id: 1,
    course_title: "History",
    title: "Essay",
    due_at,
    points_possible: 20,
    submitted_at: null,
    missing: false,
    ...more,
  };
}

describe("the timeline", () => {
  it.each([
    ["2026-11-22T13:00:00Z", "now"],
    ["2026-11-24T12:00:00Z", "now"],
    ["2026-11-24T12:00:01Z", "next"],
    ["2026-12-15T12:00:00Z", "later"],
    ["2026-11-22T11:59:59Z", "missing"],
    [null, "later"],
  ])("puts work due %s under %s", (at, bucket) => {
    expect(bucketOf(due(at), now)).toBe(bucket);
  });

  it("orders by due time, undated last, and leaves out what is handed in", () => {
    const items = [
      due(null, { assignment_id: 1 }),
      due("2026-12-20T00:00:00Z", { assignment_id: 2 }),
      due("2026-12-10T00:00:00Z", { assignment_id: 3 }),
      due("2026-12-10T00:00:00Z", { assignment_id: 4, submitted_at: "2026-11-20T00:00:00Z" }),
    ];
    expect(timelineOf(items, now).later.map((i) => i.assignment_id)).toEqual([3, 2, 1]);
  });
});
