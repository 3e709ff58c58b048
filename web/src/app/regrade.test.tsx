import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import type { Work } from "../features/grading/api";
import { AnswerRegrade, MyRegrade, RegradeList } from "../features/grading/components/regrade";
import type { Regrade } from "../features/grading/regrade-api";
import { stubFetch } from "../lib/fetch-stub";
import { renderAt } from "./test-render";

const open = {
  regrade_request_id: 9,
  course_id: 5,
  assignment_id: 2,
  user_id: 7,
  score: 4,
  state: "open",
  asked_at: "2026-11-20T08:00:00Z",
  answered_by: null,
  answered_at: null,
  version: 1,
} as Regrade;

const work = (regrade: Regrade | null) =>
  ({ assignment_id: 2, user_id: 7, grade: { score: 4 }, regrade }) as unknown as Work;

describe("another look at a score", () => {
  beforeEach(() => {
    HTMLDialogElement.prototype.showModal = function () {
      this.open = true;
    };
    HTMLDialogElement.prototype.close = function () {
      this.open = false;
    };
  });

  it("is asked for with a reason", async () => {
    const calls = stubFetch([
      [/POST .*\/regrade-requests$/, () => ({ status: 201, body: open })],
      [/GET /, () => ({ status: 401, body: { status: 401 } })],
    ]);
    await renderAt("/", <MyRegrade work={work(null)} />);
    await userEvent.click(screen.getByRole("button", { name: "Ask for another look" }));
    const dialog = within(screen.getByRole("dialog"));
    await userEvent.type(dialog.getByLabelText("What should be looked at again?"), "Page 2.");
    await userEvent.click(dialog.getByRole("button", { name: "Ask" }));
    const sent = calls.find((call) => call.method === "POST");
    expect(sent?.path).toBe("/assignments/2/regrade-requests");
    expect(sent?.body).toEqual({ reason: "Page 2." });
  });

  it("can be withdrawn while nobody has answered", async () => {
    const calls = stubFetch([
      [/DELETE /, () => ({ status: 204 })],
      [/GET /, () => ({ status: 401, body: { status: 401 } })],
    ]);
    await renderAt("/", <MyRegrade work={work(open)} />);
    expect(screen.queryByRole("button", { name: "Ask for another look" })).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Withdraw" }));
    const sent = calls.find((call) => call.method === "DELETE");
    expect(sent?.path).toBe("/regrade-requests/9?version=1");
  });

  it("is answered upon the version that was seen", async () => {
    const calls = stubFetch([
      [/POST /, () => ({ body: { ...open, state: "kept" } })],
      [/GET /, () => ({ status: 401, body: { status: 401 } })],
    ]);
    await renderAt("/", <AnswerRegrade regrade={open} />);
    await userEvent.type(screen.getByLabelText("Your answer"), "It stays.");
    await userEvent.click(screen.getByRole("button", { name: "Answer" }));
    expect(calls.find((call) => call.method === "POST")?.body).toEqual({
      answer: "It stays.",
      version: 1,
    });
  });

  it("stands above the gradebook while somebody waits", async () => {
    stubFetch([
      [
        /GET .*\/regrade-requests$/,
        () => ({ body: { items: [{ ...open, title: "Essay", name: "Ada" }], next: null } }),
      ],
      [/GET /, () => ({ status: 401, body: { status: 401 } })],
    ]);
    await renderAt("/", <RegradeList courseId={5} />);
    await screen.findByText("One learner asks for another look");
    const way = screen.getByText("Ada: Essay, 4").closest("a")?.getAttribute("href");
    expect(way).toContain("/courses/5/assignments/2/submissions?learner=");
  });
});
