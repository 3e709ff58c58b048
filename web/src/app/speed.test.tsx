import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { SpeedScreen } from "../features/grading/speed/speed-screen";
import { stubFetch } from "../lib/fetch-stub";
import { renderAt } from "./test-render";

const piece = (userId: number, draft = "") => ({
  name: `Learner ${userId}`,
  draft: draft ? { body: draft, version: 1, saved_at: "2026-11-23T10:00:00Z" } : null,
  held_by: null,
  work: {
    assignment_id: 7,
    user_id: userId,
    title: "Essay",
    points_possible: 10,
    standing: {},
    attempts: [
      {
        submission_id: userId,
        attempt: 1,
        body_text: `Text of ${userId}`,
        url: null,
        files: [],
        submitted_at: "2026-11-22T10:00:00Z",
        late: false,
      },
    ],
    comments: [],
    grade: null,
    assessment: null,
    returned: null,
  },
});

const kept = {
  saved_comment_id: 4,
  body: "Cite your sources.",
  used_count: 3,
  scored_count: 2,
  mean_percent: 61.5,
};

/** A server with so many pieces of work; the one asking holds up to four. */
function server(count: number, first: object = piece(1, "Kept from before")) {
  let waiting = Array.from({ length: count }, (_, at) => at + 1);
  const calls = stubFetch([
    [/GET \/sessions\/current/, () => ({ status: 401, body: { status: 401 } })],
    [/GET \/assignments\/7$/, () => ({ body: { assignment_id: 7, title: "Essay" } })],
    [
      /POST \/assignments\/7\/grading-claims/,
      ({ body }) => {
        const { known, count: held } = body as { known: number[]; count: number };
        return {
          body: {
            claims: waiting.slice(0, held).map((id) => ({
              user_id: id,
              work: known.includes(id) ? null : id === 1 ? first : piece(id),
            })),
            progress: {
              waiting: waiting.length,
              held_by_others: 0,
              returned: 0,
              handed_in: count,
            },
          },
        };
      },
    ],
    [/GET \/assignments\/7\/grading-claims\/2/, () => ({ body: piece(2) })],
    [/GET \/assignments\/7\/grading-claims\/1/, () => ({ body: piece(1) })],
    [
      /DELETE \/assignments\/7\/grading-claims\/(\d+)\?skip=true/,
      ({ path }) => {
        const id = Number(/claims\/(\d+)/.exec(path)?.[1]);
        waiting = [...waiting.filter((one) => one !== id), id];
        return { status: 204 };
      },
    ],
    [/GET \/saved-comments/, () => ({ body: { items: [kept], next: null } })],
    [/POST \/saved-comments\/4\/uses/, () => ({ body: kept })],
    [/DELETE .*grading-claims/, () => ({ status: 204 })],
    [/PUT .*comment-drafts/, () => ({ body: { version: 2, saved_at: "2026-11-23T10:00:00Z" } })],
    [
      /PUT .*grades\/(\d+)/,
      ({ path, body }) => {
        const id = Number(/grades\/(\d+)/.exec(path)?.[1]);
        const { score, restore } = body as { score?: number; restore?: number };
        if (restore === undefined) waiting = waiting.filter((one) => one !== id);
        else waiting = [id, ...waiting];
        return {
          body: {
            entered_score: restore === undefined ? score : null,
            status: "computed",
            version: restore === undefined ? 1 : 2,
          },
        };
      },
    ],
  ]);
  return calls;
}

const open = () => renderAt("/", <SpeedScreen assignmentId={7} sections={[]} />);
const heading = (name: string) => screen.findByRole("heading", { name });

beforeEach(() => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
});

describe("grading one by one", () => {
  it("grades by keys alone, comment and all, and undoes the last grade", async () => {
    const user = userEvent.setup();
    const calls = server(3);
    await open();
    await heading("Learner 1");
    expect(screen.getByText("Text of 1")).toBeTruthy();
    expect(screen.getByDisplayValue("Kept from before")).toBeTruthy();
    await user.keyboard("g");
    await user.keyboard("8.5{Enter}");
    await heading("Learner 2");
    expect(calls.find((call) => call.path.endsWith("/grades/1"))?.body).toEqual({
      score: 8.5,
      submission_id: 1,
      comment: "Kept from before",
      version: 0,
    });
    await user.keyboard(".");
    expect(screen.getByDisplayValue("Kept from before")).toBeTruthy();
    await user.keyboard("{Escape}u");
    await heading("Learner 1");
    expect(calls.filter((call) => call.path.endsWith("/grades/1")).at(-1)?.body).toEqual({
      restore: 0,
      version: 1,
    });
  });

  it("passes work over with j, goes back with k, and says when nothing waits", async () => {
    const user = userEvent.setup();
    const calls = server(2);
    await open();
    await heading("Learner 1");
    await user.keyboard("j");
    await heading("Learner 2");
    expect(calls.some((call) => call.path.includes("/grading-claims/1?skip=true"))).toBe(true);
    await user.keyboard("k");
    await heading("Learner 1");
    await user.keyboard("g7{Enter}");
    await heading("Learner 2");
    await user.keyboard("g9{Enter}");
    await screen.findByText("No more work waits here");
  });

  it("holds a handful of pieces however many wait", async () => {
    const user = userEvent.setup();
    const calls = server(60);
    await open();
    for (let id = 1; id <= 30; id++) {
      await heading(`Learner ${id}`);
      await user.keyboard("g5{Enter}");
    }
    await heading("Learner 31");
    const known = calls
      .filter((call) => call.path.endsWith("/grading-claims") && call.method === "POST")
      .map((call) => (call.body as { known: number[] }).known.length);
    expect(Math.max(...known)).toBeLessThanOrEqual(8);
  });

  it("counts a kept comment when it is said, with the score it stood with", async () => {
    const user = userEvent.setup();
    const calls = server(2);
    await open();
    await heading("Learner 1");
    await user.click(screen.getByRole("button", { name: "Kept comments" }));
    await user.click(await screen.findByRole("button", { name: /Cite your sources/ }));
    expect(calls.some((call) => call.path.endsWith("/uses"))).toBe(false);
    await user.keyboard("{Escape}g7{Enter}");
    await heading("Learner 2");

    const use = calls.find((call) => call.path.endsWith("/saved-comments/4/uses"));
    expect(use?.body).toEqual({ percent: 70 });
  });

  it("grades an earlier attempt when that one is looked at, and says which is which", async () => {
    const user = userEvent.setup();
    const one = piece(1);
    const [latest] = one.work.attempts;
    const twice = {
      ...one,
      work: {
        ...one.work,
        grade: { entered_score: 4, status: "computed", version: 3, submission_id: 11 },
        attempts: [
          { ...latest, submission_id: 12, attempt: 2, body_text: "The second" },
          { ...latest, submission_id: 11, attempt: 1, body_text: "The first" },
        ],
      },
    };
    const calls = server(1, twice);
    await open();
    await heading("Learner 1");
    expect(screen.getByText("The second")).toBeTruthy();
    expect(screen.getByText(/You see and grade attempt 2\..*speaks of attempt 1\./)).toBeTruthy();
    expect(screen.getByLabelText("Score, of 10")).toHaveProperty("value", "");

    await user.selectOptions(screen.getByLabelText("Attempt"), "11");
    expect(await screen.findByText("The first")).toBeTruthy();
    expect(screen.getByLabelText("Score, of 10")).toHaveProperty("value", "4");
    expect(screen.getByText(/goes on waiting/)).toBeTruthy();
    await user.clear(screen.getByLabelText("Score, of 10"));
    await user.type(screen.getByLabelText("Score, of 10"), "6{Enter}");
    await waitFor(() =>
      expect(calls.find((call) => call.path.endsWith("/grades/1"))?.body).toMatchObject({
        score: 6,
        submission_id: 11,
        version: 3,
      }),
    );
  });

  it("keeps what was typed when another attempt is chosen", async () => {
    const user = userEvent.setup();
    const one = piece(1);
    const [latest] = one.work.attempts;
    const attempts = [
      { ...latest, submission_id: 12, attempt: 2, body_text: "The second" },
      { ...latest, submission_id: 11, attempt: 1, body_text: "The first" },
    ];
    const calls = server(1, { ...one, work: { ...one.work, attempts } });
    await open();
    await heading("Learner 1");
    await user.keyboard("c");
    await user.keyboard("Better than the first.{Escape}");
    await user.keyboard("g");
    await user.keyboard("7{Escape}");
    await user.selectOptions(screen.getByLabelText("Attempt"), "11");
    await screen.findByText("The first");
    expect(screen.getByLabelText("Score, of 10")).toHaveProperty("value", "7");
    expect(screen.getByDisplayValue("Better than the first.")).toBeTruthy();
    await user.type(screen.getByLabelText("Score, of 10"), "{Enter}");
    await waitFor(() =>
      expect(calls.find((call) => call.path.endsWith("/grades/1"))?.body).toMatchObject({
        score: 7,
        submission_id: 11,
        comment: "Better than the first.",
      }),
    );
  });

  it("shows its keys and takes no letters while one types", async () => {
    const user = userEvent.setup();
    server(2);
    await open();
    await heading("Learner 1");
    await user.keyboard("c");
    await user.keyboard("just words");
    expect(screen.getByDisplayValue(/just words/)).toBeTruthy();
    await heading("Learner 1");
    fireEvent.click(screen.getByRole("button", { name: "Keys of this page" }));
    expect(screen.getByText("undo the last grade")).toBeTruthy();
  });
});
