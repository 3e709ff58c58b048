import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import type { Assignment } from "../features/grading/api";
import { LatePassCard } from "../features/grading/components/late-pass-card";
import { AllowanceDialog } from "../features/grading/gradebook/allowance-dialog";
import { stubFetch } from "../lib/fetch-stub";
import { renderAt } from "./test-render";

const allowance = {
  course_id: 5,
  user_id: 7,
  version: 3,
  exempt: false,
  exempt_from: [] as number[],
  passes_each: 2,
  extra_passes: 0,
  passes_left: 1,
  seconds_each: 86_400,
  most_per_assignment: 2,
  not_on: [] as number[],
  used: [{ assignment_id: 2, count: 1 }],
  history: [
    { version: 3, actor_id: 7, actor_name: "Lea", reason: null, at: "2026-11-20T08:00:00Z" },
  ],
};

const essay = { assignment_id: 2, course_id: 5, due_at: "2026-11-20T08:00:00Z" } as Assignment;

describe("late passes", () => {
  beforeEach(() => {
    HTMLDialogElement.prototype.showModal = function () {
      this.open = true;
    };
    HTMLDialogElement.prototype.close = function () {
      this.open = false;
    };
  });

  it("are spent one more at a time, upon what was seen", async () => {
    const calls = stubFetch([
      [/GET .*\/late-allowance\/mine$/, () => ({ body: allowance })],
      [
        /PUT .*\/late-passes\/mine$/,
        () => ({
          body: {
            ...allowance,
            version: 4,
            passes_left: 0,
            used: [{ assignment_id: 2, count: 2 }],
          },
        }),
      ],
      [/GET /, () => ({ status: 401, body: { status: 401 } })],
    ]);
    await renderAt("/", <LatePassCard assignment={essay} />);
    await screen.findByText(/One late pass left/);
    await userEvent.click(screen.getByRole("button", { name: /Spend a late pass/ }));
    const sent = calls.find((call) => call.method === "PUT");
    expect(sent?.path).toBe("/assignments/2/late-passes/mine");
    expect(sent?.body).toEqual({ count: 2, version: 3 });
    await screen.findAllByText(/No late passes left/);
    expect(screen.queryByRole("button", { name: /Spend a late pass/ })).toBeNull();
  });

  it("are not offered where none can be spent", async () => {
    stubFetch([
      [/GET .*\/late-allowance\/mine$/, () => ({ body: { ...allowance, not_on: [2], used: [] } })],
      [/GET /, () => ({ status: 401, body: { status: 401 } })],
    ]);
    await renderAt("/", <LatePassCard assignment={{ ...essay }} />);
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("are given back by a grader with a reason, and an exemption is said", async () => {
    const calls = stubFetch([
      [/GET .*\/learners\/7\/late-allowance$/, () => ({ body: allowance })],
      [/PUT .*\/learners\/7\/late-allowance$/, () => ({ body: allowance })],
      [/GET /, () => ({ status: 401, body: { status: 401 } })],
    ]);
    await renderAt(
      "/",
      <AllowanceDialog
        courseId={5}
        userId={7}
        assignmentId={2}
        name="Lea"
        onSaved={async () => {}}
        onClose={() => {}}
      />,
    );
    const dialog = within(await screen.findByRole("dialog"));
    await userEvent.click(dialog.getByLabelText("Exempt from the late policy on this assignment"));
    const spent = dialog.getByLabelText("Passes spent on this assignment");
    await userEvent.clear(spent);
    await userEvent.type(spent, "0");
    await userEvent.type(dialog.getByLabelText("Reason"), "Ill");
    await userEvent.click(dialog.getByRole("button", { name: "Save" }));
    expect(calls.find((call) => call.method === "PUT")?.body).toEqual({
      exempt: false,
      exempt_from: [2],
      extra_passes: 0,
      used: [],
      reason: "Ill",
      version: 3,
    });
  });
});
