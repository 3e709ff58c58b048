import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import type { Assignment } from "../features/grading/api";
import { planDefault } from "../features/grading/gradebook/block-plan";
import { GradebookModel } from "../features/grading/gradebook/gradebook-model";
import { AnonymityPanel } from "../features/grading/marking/anonymity-panel";
import { CourseStandingContext } from "../lib/course-standing";
import { stubFetch } from "../lib/fetch-stub";
import { renderAt } from "./test-render";

const essay = { assignment_id: 7, course_id: 3, version: 4, anonymous: false } as Assignment;

function panel(assignment: Assignment, ...permissions: string[]) {
  const context = { permissions: new Set(permissions), zone: "UTC", title: "Course" };
  return renderAt(
    "/",
    <CourseStandingContext.Provider value={context}>
      <AnonymityPanel assignment={assignment} />
    </CourseStandingContext.Provider>,
  );
}

beforeEach(() => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
});

describe("grading without names", () => {
  it("hides names after saying what follows", async () => {
    const user = userEvent.setup();
    const calls = stubFetch([
      [/GET \/sessions\/current/, () => ({ status: 401, body: { status: 401 } })],
      [/PUT \/assignments\/7\/anonymity/, () => ({ body: { ...essay, anonymous: true } })],
    ]);
    await panel(essay, "assignment.read_drafts", "assignment.manage");
    await user.click(await screen.findByRole("button", { name: "Grade without names…" }));
    await user.click(screen.getByRole("button", { name: "Grade without names" }));
    await waitFor(() =>
      expect(calls.find((call) => call.method === "PUT")?.body).toEqual({ version: 4 }),
    );
  });

  it("shows names only with a reason, and only to who may", async () => {
    const user = userEvent.setup();
    const calls = stubFetch([
      [/GET \/sessions\/current/, () => ({ status: 401, body: { status: 401 } })],
      [/POST \/assignments\/7\/anonymity-lifts/, () => ({ body: essay })],
    ]);
    await panel({ ...essay, anonymous: true }, "assignment.read_drafts", "anonymity.lift");
    await user.click(await screen.findByRole("button", { name: "Show names…" }));
    const show = screen.getByRole("button", { name: "Show names" }) as HTMLButtonElement;
    expect(show.disabled).toBe(true);
    await user.type(screen.getByLabelText(/Why/), "Illness");
    await user.click(show);
    await waitFor(() =>
      expect(calls.find((call) => call.method === "POST")?.body).toEqual({
        reason: "Illness",
        version: 4,
      }),
    );
  });

  it("offers no way to those who may not", async () => {
    stubFetch([[/GET \/sessions\/current/, () => ({ status: 401, body: { status: 401 } })]]);
    await panel({ ...essay, anonymous: true }, "assignment.read_drafts");
    expect(await screen.findByText(/Graders see no names/)).toBeTruthy();
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("takes no score for a column beside names", () => {
    const model = new GradebookModel();
    model.load(
      {
        version: 1,
        structure_version: 1,
        calculator_version: 1,
        refolding: false,
        students: [{ user_id: 1, name: "Ada", sortable_name: "Ada", section_ids: [] }],
        assignments: [
          {
            assignment_id: 7,
            title: "Essay",
            points_possible: 10,
            group_id: 1,
            due_at: null,
            status: "published",
            anonymous: true,
          },
        ],
        groups: [],
        rows: [],
      },
      "en",
    );
    const plan = planDefault(model, 7, { score: 5, excused: false }, true);
    expect(plan.changes).toEqual([]);
    expect(plan.invalid[0]?.why).toBe("marking.anonymous.cell");
  });
});
