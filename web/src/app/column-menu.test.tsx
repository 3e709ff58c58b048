import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { GradebookScreen } from "../features/grading/gradebook/gradebook-screen";
import { stubFetch } from "../lib/fetch-stub";
import { Toasts } from "../ui/toast";
import { renderAt } from "./test-render";

const posted = 16;
const automatic = 256;

const gradebook = {
  version: 7,
  structure_version: 1,
  calculator_version: 1,
  refolding: false,
  students: ["Ada", "Bo", "Cy"].map((name, i) => ({
    user_id: i + 1,
    name,
    sortable_name: name,
    section_ids: [i === 2 ? 2 : 1],
  })),
  assignments: [
    { title: "Essay", posts_manually: true, posts_at: "2031-03-07T17:00:00Z", version: 4 },
    { title: "Talk", posts_manually: false, posts_at: null, version: 1 },
  ].map((a, i) => ({
    ...a,
    assignment_id: i + 10,
    points_possible: 20,
    group_id: 1,
    due_at: null,
    status: "published",
  })),
  groups: [{ group_id: 1, name: "Essays" }],
  rows: [
    {
      u: 1,
      s: [18, 20],
      f: [0, posted],
      v: [1, 1],
      t: { current: 95, final: 95, learner_current: 100, learner_final: 50 },
    },
    { u: 2, s: [12, 0], f: [posted, automatic], v: [2, 0], t: { current: 30, final: 30 } },
    { u: 3, s: [null, null], f: [0, 0], v: [0, 0], t: { current: null, final: 0 } },
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

const posting = (kind: string) => ({
  posting_id: 31,
  assignment_id: 10,
  kind,
  only_graded: true,
  section_ids: [],
  actor: { user_id: 9, name: "Ines Instructor" },
  at: new Date().toISOString(),
  grades: 1,
  notices_at: new Date(Date.now() + 600_000).toISOString(),
  finished_at: new Date().toISOString(),
  undone_at: null,
  can_undo: true,
  version: 2,
});

async function openGradebook() {
  const calls = stubFetch([
    [/GET .*\/gradebook(\?first=\d+)?$/, () => ({ body: gradebook })],
    [/GET \/sessions\/current/, () => ({ status: 401, body: { status: 401 } })],
    [/GET .*\/postings\?/, () => ({ body: { items: [posting("post")], next: null } })],
    [/POST .*\/postings$/, () => ({ status: 201, body: posting("post") })],
    [/POST \/postings\/31\/undo/, () => ({ body: posting("post") })],
    [/PUT .*\/posting-policy/, () => ({ body: {} })],
  ]);
  await renderAt(
    "/",
    <>
      <GradebookScreen courseId={1} sections={sections} />
      <Toasts />
    </>,
  );
  await screen.findByRole("grid");
  return calls;
}

const at = (place: string) => document.querySelector<HTMLElement>(`[data-at="${place}"]`);
const live = () => document.querySelector(".visually-hidden[role=status]")?.textContent ?? "";

async function openMenu(place = "-1:3") {
  const user = userEvent.setup();
  await user.click(at(place) as HTMLElement);
  return { user, menu: await screen.findByRole("menu") };
}

describe("a column of the gradebook", () => {
  beforeEach(() => vi.stubGlobal("EventSource", SilentEvents));

  it("says in plain words what is graded, hidden and seen", async () => {
    await openGradebook();
    const { user } = await openMenu();
    expect(screen.getByText(/2 graded, 1 hidden, will post .*2031/).textContent).toMatch(
      /learners now see 1 of them$/,
    );
    await user.keyboard("{Escape}");
    await waitFor(() => expect(document.activeElement).toBe(at("-1:3")));
    await user.keyboard("{ArrowRight}");
    await waitFor(() => expect(live()).toContain("2 graded; learners see all of them"));
  });

  it("opens its menu by key and gives the focus back", async () => {
    await openGradebook();
    const user = userEvent.setup();
    await user.click(at("0:3") as HTMLElement);
    await user.keyboard("{ArrowUp}m");
    const menu = await screen.findByRole("menu", { name: "Essay" });
    expect(document.activeElement?.textContent).toBe("Post grades…");
    const report = await axe.run(menu.parentElement as HTMLElement);
    expect(report.violations).toEqual([]);
    await user.keyboard("{Escape}");
    await waitFor(() => expect(document.activeElement).toBe(at("-1:3")));
    expect(screen.queryByRole("menu")).toBeNull();
    await user.keyboard("{Shift>}{F10}{/Shift}");
    expect(await screen.findByRole("menu")).toBeTruthy();
  });

  it("says what posting will do, does it and can take it back", async () => {
    const calls = await openGradebook();
    const { user, menu } = await openMenu();
    await user.click(within(menu).getByText("Post grades…"));
    const dialog = await screen.findByRole("dialog");
    expect(within(dialog).getByRole("status").textContent).toBe(
      "1 learner will see their grade. For 1 without a grade nothing changes.",
    );
    await user.selectOptions(within(dialog).getByLabelText("Post to"), "Everybody");
    expect(within(dialog).getByRole("status").textContent).toContain("as soon as it is entered");
    await user.click(within(dialog).getByLabelText("Evening"));
    expect(within(dialog).getByRole("status").textContent).toContain("No grade is hidden.");
    await user.click(within(dialog).getByRole("button", { name: "Post grades" }));

    const undo = await screen.findByRole("button", { name: "Undo" });
    expect(calls.find((call) => call.method === "POST")?.body).toEqual({
      kind: "post",
      only_graded: false,
      section_ids: [2],
      lift_anonymity: false,
    });
    expect(screen.queryByRole("dialog")).toBeNull();
    await user.click(undo);
    await waitFor(() => expect(calls.at(-1)).toBeTruthy());
    expect(calls.some((call) => call.path === "/postings/31/undo")).toBe(true);
    expect(await screen.findByText("Undone")).toBeTruthy();
  });

  it("says whom hiding takes their grade from", async () => {
    const calls = await openGradebook();
    const { user, menu } = await openMenu("-1:4");
    await user.click(within(menu).getByText("Hide grades…"));
    const dialog = await screen.findByRole("dialog");
    expect(within(dialog).getByRole("status").textContent).toMatch(
      /^2 learners will no longer see/,
    );
    expect(dialog.textContent).not.toContain("in every section");
    await user.click(within(dialog).getByLabelText("Evening"));
    expect(dialog.textContent).toContain("in every section");
    await user.click(within(dialog).getByLabelText("Evening"));
    await user.click(within(dialog).getByRole("button", { name: "Hide grades" }));
    await waitFor(() => expect(calls.some((call) => call.method === "POST")).toBe(true));
    expect(calls.find((call) => call.method === "POST")?.body).toMatchObject({ kind: "hide" });
  });

  it("sets when grades are posted, with the version seen, and lists what was", async () => {
    const calls = await openGradebook();
    const { user, menu } = await openMenu();
    await user.click(within(menu).getByText("When grades are posted…"));
    const dialog = await screen.findByRole("dialog");
    expect(await within(dialog).findByText("1 grade posted")).toBeTruthy();
    expect(within(dialog).getByRole("button", { name: "Undo" })).toBeTruthy();
    const policy = within(dialog).getByLabelText("Learners see grades");
    expect(policy).toHaveProperty("value", "scheduled");
    await user.selectOptions(policy, "When somebody posts them");
    await user.click(within(dialog).getByRole("button", { name: "Save" }));
    await waitFor(() => expect(calls.some((call) => call.method === "PUT")).toBe(true));
    expect(calls.find((call) => call.method === "PUT")?.body).toEqual({
      posts_manually: true,
      posts_at: null,
      version: 4,
    });
  });

  it("marks what a learner is not shown, and totals that differ for it", async () => {
    await openGradebook();
    const user = userEvent.setup();
    expect(at("0:3")?.textContent).toContain("hidden from the learner");
    // What the missing policy gave shows where grades show as they are entered.
    expect(at("1:4")?.textContent).not.toContain("hidden");
    expect(at("0:1")?.textContent).toContain("differs from what the learner sees");
    expect(at("1:1")?.textContent).not.toContain("differs");
    await user.click(at("0:3") as HTMLElement);
    await user.keyboard("{ArrowLeft}");
    expect(live()).toContain("differs from what the learner sees");
    await user.keyboard("{ArrowRight}");
    expect(live()).toContain("hidden from the learner");
  });
});
