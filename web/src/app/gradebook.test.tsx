import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { GradebookScreen } from "../features/grading/gradebook/gradebook-screen";
import { stubFetch } from "../lib/fetch-stub";
import { renderAt } from "./test-render";

const people = ["Lovelace, Ada", "Learner, Leo"];

const gradebook = {
  version: 7,
  structure_version: 1,
  calculator_version: 1,
  refolding: false,
  students: people.map((sortable_name, i) => ({
    user_id: i + 1,
    name: sortable_name.split(", ").reverse().join(" "),
    sortable_name,
    section_ids: [i + 1],
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
    { u: 1, s: [18, null], f: [17, 0], v: [3, 0], t: { current: 90, final: 45 } },
    { u: 2, s: [12, null], f: [19, 4], v: [1, 0], t: { current: 60, final: 30 } },
  ],
};

const sections = [
  { section_id: 1, name: "Morning" },
  { section_id: 2, name: "Evening" },
];

class SilentEvents {
  addEventListener() {}
  close() {}
}

type WriteAnswer = { status?: number; body?: unknown };

async function openGradebook(write: () => WriteAnswer | Promise<WriteAnswer>) {
  const calls = stubFetch([
    [/GET .*\/gradebook(\?first=\d+)?$/, () => ({ body: gradebook })],
    [/GET \/sessions\/current/, () => ({ status: 401, body: { status: 401 } })],
    [/PUT .*\/grades\//, write],
  ]);
  await renderAt("/", <GradebookScreen courseId={1} sections={sections} />);
  await screen.findByRole("grid");
  return calls;
}

const written = (score: number, version: number) => ({
  body: {
    score,
    entered_score: score,
    status: "computed",
    flags: 17,
    version,
    row_totals: { current: 80, final: 40 },
    course_version: 8,
  },
});

const cellAt = (at: string) => document.querySelector<HTMLElement>(`[data-at="${at}"]`);
const live = () => document.querySelector(".visually-hidden[role=status]")?.textContent ?? "";

describe("the gradebook", () => {
  beforeEach(() => vi.stubGlobal("EventSource", SilentEvents));

  it.each([
    ["ten", "“ten” is no score. Enter a number, EX, or nothing."],
    ["1000000000", "“1000000000” is more than 1,000,000."],
    ["-5", "“-5” is less than 0."],
    ["1.23456", "“1.23456” has more than 4 decimals."],
  ])("says below the cell why %s is no score, and sends nothing", async (text, words) => {
    const user = userEvent.setup();
    const calls = await openGradebook(() => written(1, 1));
    cellAt("0:3")?.focus();
    await user.keyboard(`{F2}{Control>}a{/Control}${text}{Enter}`);
    const said = within(screen.getByRole("grid")).getByText(words);
    expect(document.activeElement?.getAttribute("aria-describedby")).toBe(said.id);
    expect(document.activeElement?.getAttribute("aria-invalid")).toBe("true");
    await user.keyboard("{Escape}");
    expect(cellAt("0:3")?.textContent).toContain("12");
    expect(calls.filter((call) => call.method === "PUT" && /grades/.test(call.path))).toEqual([]);
  });

  it("shows one section alone", async () => {
    const user = userEvent.setup();
    await openGradebook(() => written(1, 1));
    expect(screen.getAllByRole("rowheader")).toHaveLength(2);
    await user.selectOptions(screen.getByLabelText("Section"), "Evening");
    await waitFor(() => expect(screen.getAllByRole("rowheader")).toHaveLength(1));
    expect(screen.getByRole("rowheader").textContent).toContain("Leo Learner");
  });

  it("shows the first learners of many, and does nothing to a column before all are here", async () => {
    const first = { ...gradebook, students: gradebook.students.slice(0, 1), learner_count: 2 };
    let arrive = () => {};
    const rest = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    stubFetch([
      [/GET .*\/gradebook\?first=1000$/, () => ({ body: first })],
      [/GET .*\/gradebook$/, () => rest.then(() => ({ body: gradebook }))],
      [/GET \/sessions\/current/, () => ({ status: 401, body: { status: 401 } })],
    ]);
    await renderAt("/", <GradebookScreen courseId={1} sections={sections} />);
    await screen.findByRole("grid");
    expect(screen.getAllByRole("rowheader")).toHaveLength(1);
    expect(screen.getByText(/The first 1 of 2 learners/)).toBeTruthy();

    const user = userEvent.setup();
    await user.click(screen.getByRole("columnheader", { name: /Essay 2/ }));
    await user.click(await screen.findByRole("menuitem", { name: /Zero for/ }));
    expect(screen.queryByRole("dialog")).toBeNull();
    arrive();
    expect((await screen.findByRole("dialog")).textContent).toContain("Leo Learner");
    expect(screen.getAllByRole("rowheader")).toHaveLength(2);
  });

  it("has one tab stop, and arrows move it and say where it is", async () => {
    await openGradebook(() => written(1, 1));
    const user = userEvent.setup();
    expect(document.querySelectorAll('[data-at][tabindex="0"]')).toHaveLength(1);
    await user.click(cellAt("0:3") as HTMLElement);
    await user.keyboard("{ArrowDown}");
    expect(document.activeElement).toBe(cellAt("1:3"));
    expect(live()).toContain("Row Ada Lovelace, column Essay 1, 18 of 20");
    await user.keyboard("{Home}");
    expect(document.activeElement).toBe(cellAt("1:0"));
  });

  it("types a score, saves it with the version seen and moves down", async () => {
    const calls = await openGradebook(() => written(17.5, 4));
    const user = userEvent.setup();
    await user.click(cellAt("0:3") as HTMLElement);
    await user.keyboard("17,5{Enter}");
    expect(document.activeElement).toBe(cellAt("1:3"));
    await waitFor(() => expect(cellAt("0:3")?.textContent).toContain("17.5"));
    const put = calls.find((call) => call.method === "PUT");
    expect(put?.path).toBe("/assignments/10/grades/2");
    expect(put?.body).toEqual({ score: 17.5, version: 1 });
    await waitFor(() => expect(cellAt("0:1")?.textContent).toBe("80%"));
  });

  it("gives the old value back on Escape and sends nothing", async () => {
    const calls = await openGradebook(() => written(1, 1));
    const user = userEvent.setup();
    await user.click(cellAt("1:3") as HTMLElement);
    await user.keyboard("5{Escape}");
    expect(cellAt("1:3")?.textContent).toContain("18");
    expect(calls.some((call) => call.method === "PUT")).toBe(false);
  });

  it("excuses with one key and keeps the score", async () => {
    const calls = await openGradebook(() => written(18, 4));
    const user = userEvent.setup();
    await user.click(cellAt("1:3") as HTMLElement);
    await user.keyboard("e");
    await waitFor(() => expect(calls.some((call) => call.method === "PUT")).toBe(true));
    expect(calls.find((call) => call.method === "PUT")?.body).toEqual({
      status: "excused",
      version: 3,
    });
  });

  it("builds a quick second edit on the first, which is still on its way", async () => {
    const answers: ((answer: WriteAnswer) => void)[] = [];
    const calls = await openGradebook(
      () => new Promise<WriteAnswer>((resolve) => answers.push(resolve)),
    );
    const user = userEvent.setup();
    await user.click(cellAt("0:3") as HTMLElement);
    await user.keyboard("15{Enter}{ArrowUp}16{Enter}");
    await waitFor(() => expect(answers).toHaveLength(1));
    answers[0]?.(written(15, 2));
    await waitFor(() => expect(answers).toHaveLength(2));
    expect(cellAt("0:3")?.textContent).toContain("16");
    answers[1]?.(written(16, 3));
    const puts = calls.filter((call) => call.method === "PUT").map((call) => call.body);
    expect(puts).toEqual([
      { score: 15, version: 1 },
      { score: 16, version: 2 },
    ]);
    await waitFor(() => expect(cellAt("0:3")?.dataset.state).toBeUndefined());
  });

  it("does not take text that is no score", async () => {
    const calls = await openGradebook(() => written(1, 1));
    const user = userEvent.setup();
    await user.click(cellAt("0:3") as HTMLElement);
    await user.keyboard("1");
    await user.keyboard("x{Enter}");
    expect(screen.getByRole("textbox", { name: /Leo Learner/ })).toHaveProperty("value", "1x");
    expect(calls.some((call) => call.method === "PUT")).toBe(false);
  });

  it("keeps a value the server did not take, and says so", async () => {
    await openGradebook(() => ({ status: 503, body: { status: 503, detail: "Busy." } }));
    const user = userEvent.setup();
    await user.click(cellAt("0:3") as HTMLElement);
    await user.keyboard("15{Enter}");
    await waitFor(() => expect(cellAt("0:3")?.textContent).toContain("Not saved"));
    expect(cellAt("0:3")?.textContent).toContain("15");
  });

  it("shows both values when somebody else was faster, and writes again only when told", async () => {
    const answers = [
      {
        status: 409,
        body: {
          status: 409,
          detail: "Somebody changed this grade.",
          current: {
            score: 14,
            entered_score: 14,
            status: "computed",
            version: 2,
            graded_by: { user_id: 9, name: "Theo TA" },
            graded_at: "2026-11-22T10:00:00Z",
          },
        },
      },
      written(15, 3),
    ];
    const calls = await openGradebook(() => answers.shift() as WriteAnswer);
    const user = userEvent.setup();
    await user.click(cellAt("0:3") as HTMLElement);
    await user.keyboard("15{Enter}");
    const dialog = await screen.findByRole("dialog");
    expect(dialog.textContent).toContain("Theo TA");
    expect(dialog.textContent).toContain("14");
    expect(dialog.textContent).toContain("15");
    await user.click(within(dialog).getByRole("button", { name: "Keep mine" }));
    await waitFor(() => expect(calls.filter((c) => c.method === "PUT")).toHaveLength(2));
    const last = calls.filter((call) => call.method === "PUT").at(-1);
    expect(last?.body).toEqual({ score: 15, version: 2 });
  });
});
