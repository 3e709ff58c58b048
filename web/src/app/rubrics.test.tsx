import { act, fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { Assess } from "../features/grading/rubrics/assess";
import { rateFirstOpen } from "../features/grading/rubrics/criteria-focus";
import { RubricEditor } from "../features/grading/rubrics/rubric-editor";
import type { Assessment, Rubric } from "../features/grading/rubrics/rubrics-api";
import { stubFetch } from "../lib/fetch-stub";
import { renderAt } from "./test-render";

const criterion = (id: string, description: string) => ({
  criterion_id: id,
  description,
  long_description: "",
  points: 5,
  ratings: [
    { rating_id: `${id}-full`, description: "Clear", points: 5 },
    { rating_id: `${id}-none`, description: "Not", points: 0 },
  ],
  ranges: false,
  free_comments: true,
  scoring: true,
});

const rubric: Rubric = {
  rubric_id: 4,
  course_id: 1,
  title: "Essay rubric",
  version: 2,
  newest_version: 2,
  points_possible: 10,
  criteria: [criterion("clarity", "Clarity"), criterion("sources", "Sources")],
};

const assessment: Assessment = {
  rubric,
  total_is_score: true,
  made_with_version: 2,
  criteria: [],
  total: null,
  complete: false,
  grade_version: 0,
};

const score = (id: string, points: number, version: number) => ({
  criterion_id: id,
  points,
  rating_id: points === 5 ? `${id}-full` : `${id}-none`,
  comment: null,
  version,
  grader_id: 9,
  grader_name: "Theo",
  at: "2026-11-23T10:00:00Z",
});

beforeEach(() => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
});

describe("the rubric editor", () => {
  it("moves criteria by key and keeps their ids when it saves", async () => {
    const user = userEvent.setup();
    const calls = stubFetch([
      [/GET \/sessions\/current/, () => ({ status: 401, body: { status: 401 } })],
      [
        /POST .*previews/,
        () => ({ body: { assessment_count: 0, score_change_count: 0, lines: [] } }),
      ],
      [/PUT \/rubrics\/4/, () => ({ body: { ...rubric, version: 3 } })],
    ]);
    await renderAt("/", <RubricEditor courseId={1} rubric={rubric} onDone={() => {}} />);
    const first = screen.getAllByLabelText("What it looks at")[0] as HTMLElement;
    fireEvent.keyDown(first, { key: "ArrowDown", altKey: true });
    await user.click(screen.getByRole("button", { name: "Save" }));
    await screen.findByDisplayValue("Essay rubric");
    const sent = calls.find((call) => call.method === "PUT")?.body as Rubric;
    expect(sent.criteria.map((one) => one.criterion_id)).toEqual(["sources", "clarity"]);
    expect(sent.criteria[0]?.ratings[0]?.rating_id).toBe("sources-full");
    expect(sent.version).toBe(2);
  });

  it("shows what a change does to assessments before it saves, and then carries them over", async () => {
    const user = userEvent.setup();
    const line = {
      assignment_id: 7,
      user_id: 3,
      name: "Leo Learner",
      from_version: 2,
      total_before: 7,
      total_after: 8,
      score_before: 7,
      score_after: 8,
      falls_away: ["Sources"],
      complete: true,
    };
    const calls = stubFetch([
      [/GET \/sessions\/current/, () => ({ status: 401, body: { status: 401 } })],
      [
        /POST .*previews/,
        () => ({ body: { assessment_count: 1, score_change_count: 1, lines: [line] } }),
      ],
      [/PUT \/rubrics\/4/, () => ({ body: { ...rubric, version: 3 } })],
      [/POST .*migrations/, () => ({ status: 202, body: {} })],
    ]);
    await renderAt("/", <RubricEditor courseId={1} rubric={rubric} onDone={() => {}} />);
    await user.click(screen.getByRole("button", { name: "Remove criterion 2" }));
    await user.click(screen.getByRole("button", { name: "Save" }));
    const dialog = await screen.findByRole("dialog");
    expect(within(dialog).getByText("Leo Learner")).toBeTruthy();
    expect(within(dialog).getByText(/falls away: Sources/)).toBeTruthy();
    expect(calls.some((call) => call.method === "PUT")).toBe(false);
    await user.click(within(dialog).getByRole("button", { name: /carry over 1 assessment/ }));
    await expect
      .poll(() => calls.find((call) => call.path === "/rubrics/4/migrations")?.body)
      .toEqual({ version: 3 });
  });

  it("takes over a pasted table after showing what it understood", async () => {
    const user = userEvent.setup();
    const { criterion_id: _, ...style } = criterion("style", "Style");
    stubFetch([
      [/GET \/sessions\/current/, () => ({ status: 401, body: { status: 401 } })],
      [
        /POST .*rubric-tables/,
        () => ({
          body: {
            criteria: [style],
            problems: [{ line: 2, column: 2, message: "'x' says no points." }],
          },
        }),
      ],
    ]);
    await renderAt("/", <RubricEditor courseId={1} onDone={() => {}} />);
    await user.click(screen.getByRole("button", { name: "Paste a table" }));
    const dialog = screen.getByRole("dialog");
    await user.type(within(dialog).getByLabelText("Table from a spreadsheet"), "Style");
    await user.click(within(dialog).getByRole("button", { name: "Preview" }));
    await within(dialog).findByText(/says no points/);
    await user.click(within(dialog).getByRole("button", { name: "Take over 1 criterion" }));
    expect(screen.getByDisplayValue("Style")).toBeTruthy();
    expect(screen.getAllByLabelText("What it looks at")).toHaveLength(1);
  });
});

describe("assessing by a rubric", () => {
  it("saves the level a digit names, one criterion at a time and upon the version before", async () => {
    const calls = stubFetch([
      [/GET \/sessions\/current/, () => ({ status: 401, body: { status: 401 } })],
      [
        /PUT .*criteria\/clarity/,
        (call) => ({
          body: {
            assessment: {
              ...assessment,
              criteria: [score("clarity", (call.body as { points: number }).points, calls.length)],
              grade_version: calls.length,
            },
            grade: { graded_at: "2026-11-23T10:00:00Z" },
          },
        }),
      ],
    ]);
    await renderAt(
      "/",
      <Assess assignmentId={7} userId={3} assessment={assessment} onSaved={() => {}} />,
    );
    const clear = screen.getAllByRole("button", { name: /Clear/ })[0] as HTMLElement;
    fireEvent.keyDown(clear, { key: "2" });
    fireEvent.keyDown(clear, { key: "1" });
    await expect.poll(() => calls.filter((call) => call.method === "PUT").length).toBe(2);
    const [first, second] = calls.filter((call) => call.method === "PUT").map((call) => call.body);
    expect(first).toMatchObject({ rating_id: "clarity-none", version: 0, rubric_version: 2 });
    expect(second).toMatchObject({ rating_id: "clarity-full" });
    expect((second as { version: number }).version).toBeGreaterThan(0);
  });

  it("rates one criterion after the other however slowly the server answers", async () => {
    let answer = (_: unknown) => {};
    const waits = new Promise((resolve) => {
      answer = resolve;
    });
    const calls = stubFetch([
      [/GET \/sessions\/current/, () => ({ status: 401, body: { status: 401 } })],
      [
        /PUT .*criteria\/clarity/,
        () => waits.then(() => ({ status: 422, body: { detail: "No" } })),
      ],
      [
        /PUT .*criteria\/sources/,
        () => ({
          body: {
            assessment: { ...assessment, criteria: [score("sources", 5, 1)], grade_version: 1 },
            grade: { graded_at: "2026-11-23T10:00:00Z" },
          },
        }),
      ],
    ]);
    await renderAt(
      "/",
      <Assess assignmentId={7} userId={3} assessment={assessment} onSaved={() => {}} />,
    );
    const isChosen = () =>
      screen
        .getAllByRole("button", { name: /Clear/ })
        .map((one) => one.getAttribute("aria-pressed") === "true");
    act(() => rateFirstOpen(1));
    act(() => rateFirstOpen(1));
    expect(isChosen()).toEqual([true, true]);
    answer(undefined);
    // What the server did not take is not shown as chosen; what it took is.
    await expect.poll(isChosen).toEqual([false, true]);
    const sent = calls.filter((call) => call.method === "PUT").map((call) => call.path);
    expect(sent).toEqual([
      "/assignments/7/rubric-assessments/3/criteria/clarity",
      "/assignments/7/rubric-assessments/3/criteria/sources",
    ]);
  });

  it("leaves what is being typed when a save returns", async () => {
    const user = userEvent.setup();
    let answer = (_: unknown) => {};
    const waits = new Promise((resolve) => {
      answer = resolve;
    });
    stubFetch([
      [/GET \/sessions\/current/, () => ({ status: 401, body: { status: 401 } })],
      [
        /PUT .*criteria\/clarity/,
        async () => {
          await waits;
          const criteria = [score("clarity", 5, 1)];
          return {
            body: {
              assessment: { ...assessment, criteria, grade_version: 1 },
              grade: { graded_at: "2026-11-23T10:00:00Z" },
            },
          };
        },
      ],
    ]);
    await renderAt(
      "/",
      <Assess assignmentId={7} userId={3} assessment={assessment} onSaved={() => {}} />,
    );
    await user.click(screen.getAllByRole("button", { name: /Clear/ })[0] as HTMLElement);
    const comment = screen.getAllByLabelText("Comment on this criterion")[0] as HTMLElement;
    await user.type(comment, "Well put");
    answer(undefined);
    await screen.findByText("5 of 5 points");
    expect((comment as HTMLTextAreaElement).value).toBe("Well put");
  });

  it("shows both values where somebody else assessed the same criterion", async () => {
    const user = userEvent.setup();
    const theirs = {
      ...assessment,
      criteria: [score("clarity", 0, 4)],
      total: 0,
      grade_version: 4,
    };
    const calls = stubFetch([
      [/GET \/sessions\/current/, () => ({ status: 401, body: { status: 401 } })],
      [
        /PUT .*criteria\/clarity/,
        () =>
          calls.filter((call) => call.method === "PUT").length === 1
            ? { status: 409, body: { status: 409, code: "conflict", detail: "x", current: theirs } }
            : { body: { assessment: theirs, grade: { graded_at: "2026-11-23T10:00:00Z" } } },
      ],
    ]);
    await renderAt(
      "/",
      <Assess assignmentId={7} userId={3} assessment={assessment} onSaved={() => {}} />,
    );
    await user.click(screen.getAllByRole("button", { name: /Clear/ })[0] as HTMLElement);
    await screen.findByText(/Theo said 0 here meanwhile; you said 5/);
    await user.click(screen.getByRole("button", { name: "Keep mine" }));
    await expect
      .poll(() => calls.filter((call) => call.method === "PUT").at(-1)?.body)
      .toMatchObject({ points: 5, version: 4 });
  });
});
