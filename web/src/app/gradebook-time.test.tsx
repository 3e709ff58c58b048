import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { GradebookScreen } from "../features/grading/gradebook/gradebook-screen";
import { stubFetch } from "../lib/fetch-stub";
import { renderAt } from "./test-render";

const gradebook = (score: number) => ({
  version: 7,
  structure_version: 1,
  calculator_version: 1,
  refolding: false,
  students: [{ user_id: 1, name: "Ada", sortable_name: "Ada", section_ids: [1] }],
  assignments: [
    {
      assignment_id: 10,
      title: "Essay 1",
      points_possible: 20,
      group_id: 1,
      due_at: null,
      status: "published",
    },
  ],
  groups: [{ group_id: 1, name: "Essays" }],
  rows: [{ u: 1, s: [score], f: [16], v: [3], t: { current: 90, final: 45 } }],
});

const entry = (version: number, score: number) => ({
  grade_entry_id: `entry ${version}`,
  version,
  kind: "score",
  entered_score: score,
  status: "computed",
  source: "person",
  actor_name: "Theo TA",
  at: "2026-11-01T10:00:00Z",
});

const news = {
  check: { compared: 1234, different: 0, checked_at: "2026-11-02T02:00:00Z" },
  since: "2026-11-01T10:00:00Z",
  more: false,
  items: [
    {
      assignment_id: 10,
      user_id: 1,
      score_before: 12,
      status_before: "computed",
      score_now: 18,
      status_now: "computed",
      actor_id: 9,
      actor_name: "Theo TA",
      at: "2026-11-02T10:00:00Z",
    },
  ],
  recalculations: [
    {
      cause: "assignment_changed",
      subject_id: 10,
      subject_name: "Essay",
      actor_id: 9,
      actor_name: "Theo TA",
      at: "2026-11-02T11:00:00Z",
    },
  ],
};

class SilentEvents {
  addEventListener() {}
  close() {}
}

async function open(path = "/") {
  const calls = stubFetch([
    [/GET .*\/gradebook\?as_of=/, () => ({ body: gradebook(5) })],
    [/GET .*\/gradebook(\?first=\d+)?$/, () => ({ body: gradebook(18) })],
    [/GET .*\/gradebook\/news/, () => ({ body: news })],
    [/GET .*\/history/, () => ({ body: { items: [entry(3, 18), entry(2, 12)] } })],
    [/GET \/sessions\/current/, () => ({ status: 401, body: { status: 401 } })],
    [/PUT .*\/look/, () => ({ status: 200, body: {} })],
    [
      /PUT \/courses\/1\/grades/,
      () => ({
        body: {
          grades: [
            {
              user_id: 1,
              assignment_id: 10,
              score: 12,
              flags: 16,
              version: 4,
              row_totals: { current: 60, final: 60 },
            },
          ],
        },
      }),
    ],
  ]);
  await renderAt(path, <GradebookScreen courseId={1} sections={[]} />);
  await screen.findByRole("grid");
  return { calls, user: userEvent.setup() };
}

const cellAt = (at: string) => document.querySelector<HTMLElement>(`[data-at="${at}"]`);

describe("the gradebook in time", () => {
  beforeEach(() => vi.stubGlobal("EventSource", SilentEvents));

  it("says when all of it was last worked out anew, and whether anything differed", async () => {
    await open();
    expect(await screen.findByText(/1,234 numbers worked out anew .* none differs/)).toBeTruthy();
  });

  it("tells what others changed since one last looked, and goes there", async () => {
    const { user } = await open();
    expect(await screen.findByText(/Others changed 1 cell since you last looked/)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Show them" }));
    const tray = screen.getByRole("complementary", { name: "Changed since you last looked" });
    expect(tray.textContent).toContain("12 → 18");
    expect(tray.textContent).toContain("Theo TA");
    expect(tray.textContent).toContain("Essay was changed");
    expect((await axe.run(tray)).violations).toEqual([]);
    await user.click(within(tray).getByRole("button", { name: "Go to Ada, Essay 1" }));
    await waitFor(() => expect(document.activeElement).toBe(cellAt("0:3")));
  });

  it("remembers, when it is left, that one has looked", async () => {
    const { calls } = await open();
    await screen.findByText(/Others changed/);
    document.body.innerHTML = "";
    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
    Object.defineProperty(document, "visibilityState", { value: "visible", configurable: true });
    await waitFor(() => expect(calls.some((call) => call.path.endsWith("/look"))).toBe(true));
  });

  it("is shown as it was, and cannot be changed there", async () => {
    const { calls, user } = await open("/?as_of=2026-11-01T10%3A00%3A00.000Z");
    await waitFor(() => expect(cellAt("0:3")?.textContent).toContain("5"));
    expect(screen.getByRole("grid").getAttribute("aria-readonly")).toBe("true");
    await user.click(cellAt("0:3") as HTMLElement);
    await user.keyboard("7{Enter}{Delete}e");
    expect(screen.queryByRole("textbox", { name: /Ada/ })).toBeNull();
    expect(calls.some((call) => call.method === "PUT")).toBe(false);
    await user.click(screen.getByRole("button", { name: "A day earlier" }));
    await waitFor(() => expect(calls.at(-1)?.path).toContain("as_of=2026-10-31T10%3A00%3A00.000Z"));
    await user.click(await screen.findByRole("button", { name: "Back to now" }));
    await waitFor(() => expect(cellAt("0:3")?.textContent).toContain("18"));
  });

  it("brings back a value from the history of a cell, upon the version that stands", async () => {
    const { calls, user } = await open();
    await user.click(cellAt("0:3") as HTMLElement);
    await user.keyboard("c");
    const buttons = await screen.findAllByRole("button", { name: "Restore this value" });
    expect(buttons).toHaveLength(1);
    await user.click(buttons[0] as HTMLElement);
    await waitFor(() => expect(cellAt("0:3")?.textContent).toContain("12"));
    expect(calls.find((call) => call.method === "PUT")?.body).toEqual({
      changes: [{ user_id: 1, assignment_id: 10, restore: 2, version: 3 }],
    });
  });
});
