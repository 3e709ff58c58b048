import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { GradebookScreen } from "../features/grading/gradebook/gradebook-screen";
import { stubFetch } from "../lib/fetch-stub";
import { renderAt } from "./test-render";

const people = ["Ada", "Ben", "Cem"];

const gradebook = {
  version: 7,
  structure_version: 1,
  calculator_version: 1,
  refolding: false,
  students: people.map((name, i) => ({
    user_id: i + 1,
    name,
    sortable_name: name,
    section_ids: [1],
  })),
  assignments: ["Essay 1", "Essay 2"].map((title, i) => ({
    assignment_id: i + 10,
    title,
    points_possible: 20,
    group_id: 1,
    due_at: null,
    status: "published",
  })),
  groups: [{ group_id: 1, name: "Essays" }],
  rows: [
    { u: 1, s: [18, 11], f: [17, 16], v: [3, 1], t: { current: 90, final: 45 } },
    { u: 2, s: [null, null], f: [4, 0], v: [0, 0], t: { current: null, final: 0 } },
    { u: 3, s: [null, 5], f: [4, 16], v: [0, 2], t: { current: 25, final: 10 } },
  ],
};

/** The same as it was earlier: Ada had two points less, Ben and Cem nothing. */
const before = {
  ...gradebook,
  rows: [{ u: 1, s: [16, 11], f: [17, 16], v: [2, 1], t: { current: 80, final: 40 } }],
};

class SilentEvents {
  /** Tells the page that something changed. */
  static fire: ((event: object) => void) | undefined;
  addEventListener(name: string, listener: (event: object) => void) {
    if (name === "version") SilentEvents.fire = listener;
  }
  close() {}
}

interface Change {
  user_id: number;
  assignment_id: number;
  score?: number | null;
  status?: string;
  restore?: number;
  version: number;
}

let stubbed: typeof gradebook = gradebook;
let single: string[] = [];

/** A server that takes everything, or answers something else the first times. */
async function open(first: { status: number; body: unknown }[] = []) {
  stubbed = gradebook;
  single = [];
  const calls = stubFetch([
    [/GET .*\/gradebook(\?first=\d+)?$/, () => ({ body: stubbed })],
    [/GET .*\/gradebook\?as_of=2026-11-01/, () => ({ body: before })],
    [
      /GET .*\/gradebook\/changes/,
      () => ({ body: { ...stubbed, rows: stubbed === gradebook ? [] : stubbed.rows } }),
    ],
    [
      /PUT \/assignments/,
      (call) => {
        single.push(call.path);
        return { body: taken(call.body as Change) };
      },
    ],
    [/GET \/sessions\/current/, () => ({ status: 401, body: { status: 401 } })],
    [
      /PUT \/courses\/1\/grades/,
      (call) => {
        const answer = first.shift();
        if (answer) return answer;
        const { changes } = call.body as { changes: Change[] };
        return { body: { course_version: 8, grades: changes.map(taken) } };
      },
    ],
  ]);
  await renderAt("/", <GradebookScreen courseId={1} sections={[]} />);
  await screen.findByRole("grid");
  const sent = () =>
    calls
      .filter((call) => call.method === "PUT" && call.path.startsWith("/courses/1/grades"))
      .map((call) => (call.body as { changes: Change[] }).changes);
  return { user: userEvent.setup(), sent };
}

function taken(change: Change) {
  return {
    ...change,
    score: change.score ?? null,
    entered_score: change.score ?? null,
    flags: 16,
    version: change.version + 1,
    row_totals: { current: 50, final: 50 },
  };
}

const cellAt = (at: string) => document.querySelector<HTMLElement>(`[data-at="${at}"]`);
const live = () => document.querySelector(".visually-hidden[role=status]")?.textContent ?? "";
const selected = () =>
  [...document.querySelectorAll<HTMLElement>('[aria-selected="true"]')].map((c) => c.dataset.at);

/** What a browser does with Ctrl+C and Ctrl+V: an event at the focused cell. */
function clipboard(kind: "copy" | "paste", text = ""): string {
  let held = text;
  const clipboardData = { setData: (_: string, t: string) => (held = t), getData: () => held };
  fireEvent[kind](document.activeElement as Element, { clipboardData });
  return held;
}

describe("many cells of the gradebook at once", () => {
  beforeEach(() => vi.stubGlobal("EventSource", SilentEvents));

  it("are selected by keys and said, and given up by Escape before the grid is left", async () => {
    const { user } = await open();
    await user.click(cellAt("0:3") as HTMLElement);
    await user.keyboard("{Shift>}{ArrowDown}{ArrowRight}{/Shift}");
    expect(selected()).toEqual(["0:3", "0:4", "1:3", "1:4"]);
    expect(live()).toContain("2 rows by 2 columns selected. Row Ben, column Essay 2, no score");
    expect(document.activeElement).toBe(cellAt("1:4"));
    await user.keyboard("{Escape}");
    expect(selected()).toEqual([]);
    await user.keyboard("{Control>}a{/Control}");
    expect(selected()).toEqual(["0:4", "1:4", "2:4"]);
  });

  it("are selected by Shift and a click, and by drawing", async () => {
    const { user } = await open();
    await user.click(cellAt("0:3") as HTMLElement);
    await user.keyboard("{Shift>}");
    await user.click(cellAt("2:3") as HTMLElement);
    await user.keyboard("{/Shift}");
    expect(selected()).toEqual(["0:3", "1:3", "2:3"]);
    const at = (cell: string) => ({ target: cellAt(cell) as HTMLElement });
    await user.pointer([
      { keys: "[MouseLeft>]", ...at("1:3") },
      { ...at("2:4") },
      { keys: "[/MouseLeft]" },
    ]);
    expect(selected()).toEqual(["1:3", "1:4", "2:3", "2:4"]);
  });

  it("are copied as a spreadsheet takes them, names and totals too", async () => {
    const { user } = await open();
    await user.click(cellAt("0:3") as HTMLElement);
    await user.keyboard("{Home}{Shift>}{End}{ArrowDown}{/Shift}");
    expect(clipboard("copy")).toBe("Ada\t90\t45\t18\t11\r\nBen\t\t0\t\t");
  });

  it("are pasted after a look at what would change, and taken back and done again", async () => {
    const { user, sent } = await open();
    await user.click(cellAt("0:3") as HTMLElement);
    clipboard("paste", "18\t12\nten\tEX\n");
    const dialog = await screen.findByRole("dialog");
    expect(dialog.textContent).toContain("2 cells change; 1 is the same already; 1 cannot be used");
    expect(dialog.textContent).toContain("“ten” is no score");
    expect(dialog.textContent).toContain("11 → 12");
    expect(sent()).toHaveLength(0);
    await user.click(within(dialog).getByRole("button", { name: "Change 2 cells" }));
    await waitFor(() => expect(cellAt("0:4")?.textContent).toContain("12"));
    expect(sent()[0]).toEqual([
      { user_id: 1, assignment_id: 11, score: 12, version: 1 },
      { user_id: 2, assignment_id: 11, status: "excused", version: 0 },
    ]);
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());

    cellAt("0:3")?.focus();
    await user.keyboard("{Control>}z{/Control}");
    await waitFor(() => expect(live()).toContain("Undone: 2 cells"));
    expect(sent()[1]).toEqual([
      { user_id: 1, assignment_id: 11, restore: 1, version: 2 },
      { user_id: 2, assignment_id: 11, restore: 0, version: 1 },
    ]);
    await user.keyboard("{Control>}y{/Control}");
    await waitFor(() => expect(live()).toContain("Done again: 2 cells"));
    expect(sent()[2]).toEqual([
      { user_id: 1, assignment_id: 11, restore: 2, version: 3 },
      { user_id: 2, assignment_id: 11, restore: 1, version: 2 },
    ]);
  });

  it("are not pasted where a block would hang over the edge", async () => {
    const { user, sent } = await open();
    await user.click(cellAt("1:4") as HTMLElement);
    clipboard("paste", "1\t2\t3\t4\n1\t2\t3\t4\n1\t2\t3\t4");
    const dialog = await screen.findByRole("dialog");
    expect(dialog.textContent).toContain("This block has 3 rows and 4 columns");
    expect(dialog.textContent).toContain("there are only 2 rows and 1 column");
    expect(within(dialog).queryByRole("button", { name: /Change/ })).toBeNull();
    expect(sent()).toHaveLength(0);
  });

  it("are filled down and cleared with one request each", async () => {
    const { user, sent } = await open();
    await user.click(cellAt("0:3") as HTMLElement);
    await user.keyboard("{Shift>}{ArrowDown}{ArrowDown}{/Shift}{Control>}d{/Control}");
    await waitFor(() => expect(live()).toContain("2 cells changed"));
    await user.keyboard("{Delete}");
    await waitFor(() => expect(live()).toContain("3 cells changed"));
    expect(sent().map((changes) => changes.map(({ score, version }) => [score, version]))).toEqual([
      [
        [18, 0],
        [18, 0],
      ],
      [
        [null, 3],
        [null, 1],
        [null, 1],
      ],
    ]);
  });

  it("leave alone, by copy and fill, scores that lateness took points off", async () => {
    const { user, sent } = await open();
    const late = structuredClone(gradebook);
    (late.rows[0] as { f: number[] }).f = [17 | 128, 16];
    stubbed = late;
    SilentEvents.fire?.({ data: "" });
    await waitFor(() => expect(screen.getAllByRole("rowheader")).toHaveLength(3));
    await user.click(cellAt("0:3") as HTMLElement);
    await user.keyboard("{Shift>}{ArrowDown}{/Shift}{Control>}d{/Control}");
    const dialog = await screen.findByRole("dialog");
    expect(dialog.textContent).toContain("Lateness took points off 18");
    await user.click(within(dialog).getAllByRole("button", { name: "Close" })[0] as HTMLElement);

    await user.click(cellAt("0:3") as HTMLElement);
    const text = clipboard("copy");
    await user.click(cellAt("1:3") as HTMLElement);
    clipboard("paste", text);
    expect((await screen.findByRole("dialog")).textContent).toContain("Lateness took points off");
    expect(sent()).toHaveLength(0);
  });

  it("go to the learner they were typed for, whoever joins meanwhile", async () => {
    const { user } = await open();
    await user.click(cellAt("1:3") as HTMLElement);
    await user.keyboard("7");
    const joined = structuredClone(gradebook);
    joined.students.unshift({ user_id: 9, name: "Aaa", sortable_name: "Aaa", section_ids: [1] });
    stubbed = { ...joined, structure_version: 2 };
    SilentEvents.fire?.({ data: "" });
    await waitFor(() => expect(screen.getAllByRole("rowheader")).toHaveLength(4));
    expect(screen.getByRole("textbox", { name: /Ben/ })).toHaveProperty("value", "7");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(single).toEqual(["/assignments/10/grades/2"]));
    expect(document.activeElement).toBe(cellAt("3:3"));
  });

  it("are shown again when somebody else was faster, and nothing was changed", async () => {
    const conflict = { index: 0, assignment_id: 10, user_id: 2, current: { version: 4 } };
    const { user } = await open([
      { status: 409, body: { status: 409, code: "conflict", conflicts: [conflict] } },
    ]);
    await user.click(cellAt("0:3") as HTMLElement);
    await user.keyboard("{Shift>}{ArrowDown}{ArrowDown}{/Shift}{Control>}d{/Control}");
    const dialog = await screen.findByRole("dialog");
    expect(dialog.textContent).toContain("Somebody changed 1 of these cells meanwhile");
    await user.click(within(dialog).getByRole("button", { name: "Change 2 cells" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("are left alone by an undo where somebody else has changed them since", async () => {
    const now = {
      entered_score: 14,
      status: "computed",
      version: 5,
      graded_by: { name: "Theo TA" },
    };
    const answers: { status: number; body: unknown }[] = [];
    const { user, sent } = await open(answers);
    await user.click(cellAt("0:3") as HTMLElement);
    await user.keyboard("{Shift>}{ArrowDown}{ArrowDown}{/Shift}{Control>}d{/Control}");
    await waitFor(() => expect(live()).toContain("2 cells changed"));
    const conflict = { index: 1, assignment_id: 10, user_id: 3, current: now };
    answers.push({ status: 409, body: { status: 409, code: "conflict", conflicts: [conflict] } });
    await user.keyboard("{Control>}z{/Control}");
    const dialog = await screen.findByRole("dialog");
    expect(dialog.textContent).toContain("Theo TA saved 14 meanwhile");
    expect(dialog.textContent).toContain("Cem");
    expect(sent().at(-1)).toEqual([{ user_id: 2, assignment_id: 10, restore: 0, version: 1 }]);
  });

  it("get a default grade, or zero when they are missing, from the menu of their column", async () => {
    const { user, sent } = await open();
    await user.click(cellAt("-1:3") as HTMLElement);
    await user.click(screen.getByRole("menuitem", { name: "Set default grade…" }));
    await user.keyboard("15{Enter}");
    let dialog = await screen.findByRole("dialog", { name: /Default grade for “Essay 1”/ });
    await user.click(await within(dialog).findByRole("button", { name: "Cancel" }));
    await user.click(cellAt("-1:3") as HTMLElement);
    await user.click(screen.getByRole("menuitem", { name: "Zero for truly missing…" }));
    dialog = await screen.findByRole("dialog", { name: /Zero for missing work in “Essay 1”/ });
    expect((await axe.run(dialog)).violations).toEqual([]);
    await user.click(within(dialog).getByRole("button", { name: "Change 2 cells" }));
    await waitFor(() => expect(sent()).toHaveLength(1));
    expect(sent()[0]?.map(({ user_id, score }) => [user_id, score])).toEqual([
      [2, 0],
      [3, 0],
    ]);
  });

  it("go back to what a column was at a moment, by the versions that stood there", async () => {
    const { user, sent } = await open();
    await user.click(cellAt("-1:4") as HTMLElement);
    await user.click(screen.getByRole("menuitem", { name: "Bring back as it was…" }));
    let dialog = await screen.findByRole("dialog", { name: /Bring back the grades of “Essay 2”/ });
    await user.click(within(dialog).getByRole("button", { name: "Show what changes" }));
    expect(dialog.textContent).toContain("Say to which moment.");
    fireEvent.change(within(dialog).getByLabelText("As it was at"), {
      target: { value: "2026-11-01T10:00" },
    });
    await user.click(within(dialog).getByRole("button", { name: "Show what changes" }));
    dialog = await screen.findByRole("dialog", { name: /Bring back the grades of “Essay 2”/ });
    expect(dialog.textContent).toContain("Cem");
    await user.click(await within(dialog).findByRole("button", { name: "Change 1 cell" }));
    await waitFor(() => expect(sent()).toHaveLength(1));
    expect(sent()[0]).toEqual([{ user_id: 3, assignment_id: 11, restore: 0, version: 2 }]);
  });
});
