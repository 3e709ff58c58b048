import { act, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { GradebookScreen } from "../features/grading/gradebook/gradebook-screen";
import { stubFetch } from "../lib/fetch-stub";
import { renderAt } from "./test-render";

const formatted = vi.hoisted(() => vi.fn());
vi.mock("../lib/dates", async (original) => {
  const dates = await original<typeof import("../lib/dates")>();
  return {
    ...dates,
    formatDateTime: (...of: Parameters<typeof dates.formatDateTime>) => {
      formatted();
      return dates.formatDateTime(...of);
    },
  };
});

const learners = Array.from({ length: 500 }, (_, i) => i + 1);

const gradebook = {
  version: 7,
  structure_version: 1,
  calculator_version: 1,
  refolding: false,
  students: learners.map((user_id) => ({
    user_id,
    name: `Learner ${user_id}`,
    sortable_name: String(user_id).padStart(4, "0"),
    section_ids: [1],
  })),
  assignments: [10, 11].map((assignment_id) => ({
    assignment_id,
    title: `Essay ${assignment_id}`,
    points_possible: 20,
    group_id: 1,
    due_at: "2026-11-01T10:00:00Z",
    status: "published",
  })),
  groups: [{ group_id: 1, name: "Essays" }],
  rows: learners.map((u) => ({
    u,
    s: [u % 20, null],
    f: [17, 0],
    v: [3, 0],
    t: { current: 90, final: 45 },
  })),
};

it("draws rows that scroll into sight, and no heading again", async () => {
  vi.stubGlobal(
    "EventSource",
    class {
      addEventListener() {}
      close() {}
    },
  );
  stubFetch([
    [/GET .*\/gradebook(\?first=\d+)?$/, () => ({ body: gradebook })],
    [/GET \/sessions\/current/, () => ({ status: 401, body: { status: 401 } })],
  ]);
  await renderAt("/", <GradebookScreen courseId={1} sections={[]} />);
  const grid = await screen.findByRole("grid");
  const drawn = () => screen.getAllByRole("rowheader").map((cell) => cell.textContent);
  expect(drawn()).not.toContain("Learner 300");
  expect(formatted).toHaveBeenCalled();
  formatted.mockClear();
  for (const top of [4_000, 8_000, 12_000]) {
    act(() => {
      grid.scrollTop = top;
      grid.dispatchEvent(new Event("scroll"));
    });
  }
  expect(drawn()).toContain("Learner 300");
  expect(formatted).not.toHaveBeenCalled();
});
