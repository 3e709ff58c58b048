import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { GradebookScreen } from "../features/grading/gradebook/gradebook-screen";
import { stubFetch } from "../lib/fetch-stub";
import { renderAt } from "./test-render";

const names = ["Ada", "Ben", "Cem"];
const gradebook = {
  version: 7,
  structure_version: 1,
  calculator_version: 1,
  refolding: false,
  students: names.map((name, i) => ({
    user_id: i + 1,
    name,
    sortable_name: name,
    section_ids: [1],
  })),
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
  // Ada has a score, of Ben nothing came in, Cem was late and is hidden.
  rows: [
    { u: 1, s: [12], f: [16], v: [1], t: { current: 60, final: 60 } },
    { u: 2, s: [null], f: [4], v: [0], t: { current: null, final: 0 } },
    { u: 3, s: [18], f: [2], v: [1], t: { current: 90, final: 90 } },
  ],
};

const none = {
  search: null,
  section_id: null,
  group_id: null,
  state: null,
  order: null,
  formula: null,
  formula_title: null,
};
const view = (name: string, mine: boolean, filters: object) => ({
  name,
  mine,
  shared: !mine,
  owner_id: mine ? 1 : 9,
  owner_name: "Theo TA",
  filters: { ...none, ...filters },
});

class SilentEvents {
  addEventListener() {}
  close() {}
}

async function open() {
  const views = [view("Whom to remind", false, { state: "missing" })];
  const calls = stubFetch([
    [/GET .*\/gradebook(\?first=\d+)?$/, () => ({ body: gradebook })],
    [/GET .*\/gradebook-views/, () => ({ body: { items: views } })],
    [
      /PUT .*\/gradebook-views\//,
      (call) => {
        views.push(view("Best", true, (call.body as { filters: object }).filters));
        return { body: {} };
      },
    ],
    [/DELETE .*\/gradebook-views\//, () => ({ status: 204 })],
    [/GET \/sessions\/current/, () => ({ status: 401, body: { status: 401 } })],
  ]);
  await renderAt("/", <GradebookScreen courseId={1} sections={[]} />);
  await screen.findByRole("grid");
  return { calls, user: userEvent.setup() };
}

const cellAt = (at: string) => document.querySelector<HTMLElement>(`[data-at="${at}"]`);
const live = () => document.querySelector(".visually-hidden[role=status]")?.textContent ?? "";
const rows = () => screen.getAllByRole("rowheader").map((row) => row.textContent);

describe("views of the gradebook", () => {
  beforeEach(() => vi.stubGlobal("EventSource", SilentEvents));

  it("narrow to a state and order by total", async () => {
    const { user } = await open();
    expect(rows()).toEqual(["Ada", "Ben", "Cem"]);
    await user.selectOptions(screen.getByLabelText("Order"), "Highest total first");
    await waitFor(() => expect(rows()).toEqual(["Cem", "Ada", "Ben"]));
    await user.selectOptions(screen.getByLabelText("Order"), "Lowest total first");
    await waitFor(() => expect(rows()).toEqual(["Ada", "Cem", "Ben"]));
    for (const [words, who] of [
      ["Something missing", "Ben"],
      ["Something late", "Cem"],
      ["Something hidden", "Cem"],
    ]) {
      await user.selectOptions(screen.getByLabelText("Show"), words as string);
      await waitFor(() => expect(rows()).toEqual([who]));
    }
  });

  it("are chosen by name, and saved and taken away under one", async () => {
    const { calls, user } = await open();
    await user.click(screen.getByRole("button", { name: "Views" }));
    await user.click(await screen.findByRole("menuitem", { name: "Whom to remind (Theo TA)" }));
    await waitFor(() => expect(rows()).toEqual(["Ben"]));

    await user.selectOptions(screen.getByLabelText("Show"), "Everybody");
    await user.selectOptions(screen.getByLabelText("Order"), "Highest total first");
    await user.click(screen.getByRole("button", { name: "Views" }));
    await user.click(screen.getByRole("menuitem", { name: "Save what is set…" }));
    const dialog = screen.getByRole("dialog");
    await user.type(within(dialog).getByLabelText(/Name/), "Best");
    await user.click(within(dialog).getByRole("button", { name: "Save" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    const put = calls.find((call) => call.method === "PUT");
    expect(put?.path).toBe("/courses/1/gradebook-views/Best");
    expect(put?.body).toEqual({ filters: { ...none, order: "highest" }, shared: false });

    const button = screen.getByRole("button", { name: "Views" });
    await waitFor(() => expect(button.textContent).toContain("Best"));
    await user.click(button);
    await user.click(screen.getByRole("menuitem", { name: "Delete “Best”" }));
    await waitFor(() => expect(calls.some((call) => call.method === "DELETE")).toBe(true));
  });

  it("have a column with a formula, which is read and never typed into", async () => {
    const { user } = await open();
    await user.click(screen.getByRole("button", { name: "Formula…" }));
    let dialog = await screen.findByRole("dialog", { name: "Column with a formula" });
    await user.type(within(dialog).getByLabelText("Formula"), "[[Essay 9] / 2");
    await user.click(within(dialog).getByRole("button", { name: "Show" }));
    expect(dialog.textContent).toContain("There is no assignment “Essay 9”.");
    await user.clear(within(dialog).getByLabelText("Formula"));
    await user.type(within(dialog).getByLabelText("Formula"), "[[Essay 1] / 2");
    await user.type(within(dialog).getByLabelText("Name of the column"), "Half");
    expect((await axe.run(dialog)).violations).toEqual([]);
    await user.click(within(dialog).getByRole("button", { name: "Show" }));
    await waitFor(() => expect(screen.getByRole("columnheader", { name: "Half" })).toBeTruthy());
    expect([0, 1, 2].map((row) => cellAt(`${row}:4`)?.textContent)).toEqual(["6", "–", "9"]);

    await user.click(cellAt("1:4") as HTMLElement);
    await user.keyboard("{ArrowUp}");
    expect(live()).toContain("Row Ada, column Half, 6");
    await user.keyboard("7");
    expect(document.querySelector("[data-editing]")).toBeNull();
    expect(screen.queryByRole("dialog")).toBeNull();

    await user.click(screen.getByRole("button", { name: "Formula…" }));
    dialog = await screen.findByRole("dialog");
    expect(within(dialog).getByLabelText("Formula")).toHaveProperty("value", "[Essay 1] / 2");
    await user.click(within(dialog).getByRole("button", { name: "Remove" }));
    await waitFor(() => expect(cellAt("0:4")).toBeNull());
  });
});
