import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { GradebookScreen } from "../features/grading/gradebook/gradebook-screen";
import { CourseStandingContext } from "../lib/course-standing";
import { stubFetch } from "../lib/fetch-stub";
import { renderAt } from "./test-render";

const set = { percent: 85, letter: null, status_code: "incomplete", version: 2 };

const gradebook = (allowed: boolean, overridden: boolean) => ({
  version: 7,
  structure_version: 1,
  calculator_version: 1,
  refolding: false,
  final_override: allowed,
  students: ["Ada", "Bo"].map((name, i) => ({
    user_id: i + 1,
    name,
    sortable_name: name,
    section_ids: [1],
  })),
  assignments: [
    {
      assignment_id: 10,
      title: "Essay",
      points_possible: 20,
      group_id: 1,
      due_at: null,
      status: "published",
    },
  ],
  groups: [{ group_id: 1, name: "Essays" }],
  rows: [
    overridden
      ? {
          u: 1,
          s: [14],
          f: [16],
          v: [1],
          t: { current: 70, final: 85, final_before_override: 70 },
          o: set,
        }
      : { u: 1, s: [14], f: [16], v: [1], t: { current: 70, final: 70 } },
    { u: 2, s: [18], f: [16], v: [1], t: { current: 90, final: 90 } },
  ],
});

const entry = {
  ...set,
  period_id: 0,
  actor_id: 9,
  actor_name: "Ines Instructor",
  reason: "Ill",
  at: "2026-11-20T10:00:00Z",
};

class SilentEvents {
  addEventListener() {}
  close() {}
}

type PutAnswer = { status?: number; body?: unknown };

async function openGradebook(options: {
  allowed?: boolean;
  overridden?: boolean;
  permissions?: string[];
  put?: () => PutAnswer;
}) {
  const { allowed = true, overridden = true, permissions = ["grade.override"] } = options;
  const calls = stubFetch([
    [/GET .*\/gradebook(\?first=\d+)?$/, () => ({ body: gradebook(allowed, overridden) })],
    [/GET .*\/gradebook\/changes/, () => ({ body: { ...gradebook(allowed, true), version: 8 } })],
    [/GET \/sessions\/current/, () => ({ status: 401, body: { status: 401 } })],
    [/GET .*\/final-grade/, () => ({ body: { items: overridden ? [entry] : [], next: null } })],
    [/PUT .*\/final-grade/, options.put ?? (() => ({ body: {} }))],
  ]);
  await renderAt(
    "/",
    <CourseStandingContext.Provider
      value={{ permissions: new Set(permissions), zone: "UTC", title: "" }}
    >
      <GradebookScreen courseId={1} sections={[]} />
    </CourseStandingContext.Provider>,
  );
  await screen.findByRole("grid");
  return calls;
}

const at = (place: string) => document.querySelector<HTMLElement>(`[data-at="${place}"]`);
const live = () => document.querySelector(".visually-hidden[role=status]")?.textContent ?? "";

describe("final grades set by hand", () => {
  beforeEach(() => vi.stubGlobal("EventSource", SilentEvents));

  it("have a column only where the course allows them or one is set", async () => {
    await openGradebook({ allowed: false, overridden: false });
    expect(screen.queryByRole("columnheader", { name: /Override/ })).toBeNull();
  });

  it("stay in sight where the course no longer allows them", async () => {
    await openGradebook({ allowed: false });
    expect(screen.getByRole("columnheader", { name: /Override/ })).toBeTruthy();
  });

  it("are said with their status", async () => {
    await openGradebook({});
    const user = userEvent.setup();
    expect(at("0:4")?.textContent).toBe("85%, Incomplete");
    expect(at("1:4")?.textContent).toBe("–");
    await user.click(at("0:3") as HTMLElement);
    await user.keyboard("{ArrowRight}");
    expect(live()).toContain("Row Ada, column Override, 85%, Incomplete");
  });

  it("are set by typing, with a reason and the version seen", async () => {
    const calls = await openGradebook({ overridden: false });
    const user = userEvent.setup();
    await user.click(at("0:3") as HTMLElement);
    await user.keyboard("{ArrowRight}8");
    const dialog = await screen.findByRole("dialog");
    expect(dialog.textContent).toContain("Computed");
    expect(dialog.textContent).toContain("70%");
    const grade = within(dialog).getByLabelText("Final grade: percent or letter");
    expect(grade).toHaveProperty("value", "8");
    await user.type(grade, "5.5");
    await user.selectOptions(within(dialog).getByLabelText("Status"), "Incomplete");
    await user.type(within(dialog).getByLabelText("Reason"), "Agreed");
    await user.click(within(dialog).getByRole("button", { name: "Set final grade" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(calls.find((call) => call.method === "PUT")).toMatchObject({
      path: "/courses/1/learners/1/final-grade",
      body: {
        percent: 85.5,
        letter: null,
        status_code: "incomplete",
        reason: "Agreed",
        version: 0,
      },
    });
    await waitFor(() => expect(at("0:4")?.textContent).toBe("85%, Incomplete"));
  });

  it("take a letter, and show who was faster before anything is replaced", async () => {
    const answers: PutAnswer[] = [
      { status: 409, body: { status: 409, detail: "Changed.", current: { ...entry, version: 3 } } },
      { body: {} },
    ];
    const calls = await openGradebook({ put: () => answers.shift() as PutAnswer });
    const user = userEvent.setup();
    await user.click(at("0:3") as HTMLElement);
    await user.keyboard("{ArrowRight}{F2}");
    const dialog = await screen.findByRole("dialog");
    const grade = within(dialog).getByLabelText("Final grade: percent or letter");
    expect(grade).toHaveProperty("value", "85");
    await user.clear(grade);
    await user.type(grade, "B+");
    await user.type(within(dialog).getByLabelText("Reason"), "Agreed");
    await user.click(within(dialog).getByRole("button", { name: "Set final grade" }));
    expect(await within(dialog).findByText(/Ines Instructor set it meanwhile: 85%/)).toBeTruthy();
    await user.click(within(dialog).getByRole("button", { name: "Set final grade" }));
    await waitFor(() => expect(calls.filter((call) => call.method === "PUT")).toHaveLength(2));
    const puts = calls.filter((call) => call.method === "PUT").map((call) => call.body);
    expect(puts).toMatchObject([
      { letter: "B+", percent: null, version: 2 },
      { letter: "B+", percent: null, version: 3 },
    ]);
  });

  it("are only looked at by those who may not set them", async () => {
    await openGradebook({ permissions: [] });
    const user = userEvent.setup();
    await user.click(at("0:3") as HTMLElement);
    await user.keyboard("{ArrowRight}{F2}");
    const dialog = await screen.findByRole("dialog");
    expect(dialog.textContent).toContain("An instructor or an administrator can set it.");
    expect(await within(dialog).findByText(/Ill/)).toBeTruthy();
    expect(within(dialog).queryByRole("textbox")).toBeNull();
  });
});
