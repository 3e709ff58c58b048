import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { AlignDialog } from "../features/grading/outcomes/align-dialog";
import { LearnerMasteryView } from "../features/grading/outcomes/learner-mastery";
import { MasteryScreen } from "../features/grading/outcomes/mastery-screen";
import { OutcomeDialog } from "../features/grading/outcomes/outcome-dialog";
import type { CourseOutcome, LearnerMastery } from "../features/grading/outcomes/outcomes-api";
import { stubFetch } from "../lib/fetch-stub";
import { renderAt } from "./test-render";

const scale = {
  levels: [
    { name: "Not yet", points: 0 },
    { name: "Near", points: 2 },
    { name: "Mastery", points: 3 },
  ],
  mastery_points: 3,
};

const summary = {
  refolding: false,
  learner_count: 2,
  outcomes: [
    {
      course_outcome_id: 1,
      outcome_id: 11,
      code: "W1",
      title: "Writing",
      scale,
      method: { kind: "average", parameter: null },
      version: 1,
      alignment_count: 2,
      levels: [0, 1, 0],
      without_score: 1,
    },
  ],
};

const rows = {
  items: [
    {
      user_id: 7,
      name: "Ada",
      sortable_name: "Ada",
      cells: [{ score: 2.5, level: 2, learner_score: 2 }],
    },
    {
      user_id: 8,
      name: "Leo",
      sortable_name: "Leo",
      cells: [{ score: null, level: null, learner_score: null }],
    },
  ],
  next: null,
};

const result = (assignment_id: number, score: number, share_percent: number, posted = true) => ({
  course_id: 5,
  course: "Composition",
  assignment_id,
  assignment: `Essay ${assignment_id}`,
  criterion: "Clarity",
  points: score,
  points_possible: 3,
  score,
  share_percent,
  at: "2026-11-20T08:00:00Z",
  posted,
});

const ada: LearnerMastery = {
  user_id: 7,
  name: "Ada",
  outcomes: [
    {
      outcome_id: 11,
      code: "W1",
      title: "Writing",
      display_name: "I can write",
      learner_description: "You write so that others follow.",
      scale,
      method: { kind: "average", parameter: null },
      version: 2,
      reason: "The faculty decided",
      version_at: "2026-11-01T08:00:00Z",
      score: 2.5,
      level: 2,
      mastered: false,
      missing: 0,
      next: { points: 3, level: "Mastery", needed: 2.99, missing: 0 },
      results: [result(1, 2, 50), result(2, 3, 50, false)],
    },
  ],
};

describe("outcomes", () => {
  beforeEach(() => {
    HTMLDialogElement.prototype.showModal = function () {
      this.open = true;
    };
    HTMLDialogElement.prototype.close = function () {
      this.open = false;
    };
  });

  it("stand in a grid with one tab stop, and Enter shows how a score came about", async () => {
    stubFetch([
      [/GET .*\/mastery-summary/, () => ({ body: summary })],
      [/GET .*\/mastery\/7$/, () => ({ body: ada })],
      [/GET .*\/mastery\?/, () => ({ body: rows })],
    ]);
    await renderAt("/", <MasteryScreen courseId={5} sections={[]} />);
    const grid = await screen.findByRole("grid", { name: "Mastery" });
    expect(within(grid).getByText("0 of 2 at mastery")).toBeTruthy();
    const cells = within(grid).getAllByRole("gridcell");
    expect(cells.map((cell) => cell.tabIndex)).toEqual([0, -1]);
    expect(cells[0]?.getAttribute("aria-label")).toBe(
      "Ada, W1, 2.5, Near, learner sees another score",
    );
    cells[0]?.focus();
    await userEvent.keyboard("{ArrowDown}");
    expect(document.activeElement).toBe(cells[1]);
    await userEvent.keyboard("{ArrowUp}{Enter}");
    const tray = await screen.findByRole("complementary", { name: "Ada: W1" });
    expect(await within(tray).findByText("Average of 2 results: 2.5.")).toBeTruthy();
    expect(within(tray).getByText("not posted")).toBeTruthy();
    await userEvent.keyboard("{Escape}");
    expect(document.activeElement).toBe(cells[0]);
  });

  it("tell a learner their level, what made it and the next step", async () => {
    await renderAt("/", <LearnerMasteryView mastery={ada} own />);
    expect(await screen.findByRole("heading", { name: /I can write/ })).toBeTruthy();
    expect(screen.getByText(/a result of 2.99 or better next brings Mastery \(3\)/)).toBeTruthy();
    expect(screen.getAllByText("50%")).toHaveLength(2);
    expect(screen.getByText(/The faculty decided/)).toBeTruthy();
  });

  it("are made with levels from the highest down and a weight", async () => {
    const calls = stubFetch([[/POST /, () => ({ status: 201, body: {} })]]);
    await renderAt("/", <OutcomeDialog owner={{ courseId: 5 }} groups={[]} onClose={() => {}} />);
    await userEvent.type(await screen.findByLabelText("Code"), "W1");
    await userEvent.type(screen.getByLabelText("Title"), "Writing");
    await userEvent.click(screen.getByRole("button", { name: "Remove Exceeds mastery" }));
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    expect(calls[0]?.path).toBe("/courses/5/outcomes");
    expect(calls[0]?.body).toMatchObject({
      code: "W1",
      levels: [
        { name: "Mastery", points: 3 },
        { name: "Near mastery", points: 2 },
        { name: "Below mastery", points: 1 },
        { name: "No evidence", points: 0 },
      ],
      method: "decaying_average",
      parameter: 65,
    });
  });

  it("keep what shows them when a criterion is gone, and take more", async () => {
    const calls = stubFetch([[/PUT /, () => ({ body: {} })]]);
    const taken = {
      course_outcome_id: 1,
      link_version: 4,
      outcome: { code: "W1" },
      alignments: [
        {
          rubric_id: 3,
          criterion_id: "gone",
          assignment_id: null,
          rubric: "Essay",
          criterion: "Tone",
          assignment: null,
        },
      ],
    } as unknown as CourseOutcome;
    const choices = {
      criteria: [{ rubric_id: 3, rubric: "Essay", criterion_id: "a", criterion: "Clarity" }],
      assignments: [{ assignment_id: 2, title: "Exam" }],
    };
    await renderAt(
      "/",
      <AlignDialog courseId={5} taken={taken} choices={choices} onClose={() => {}} />,
    );
    expect((await screen.findByLabelText("Essay: Tone")) as HTMLInputElement).toHaveProperty(
      "checked",
      true,
    );
    await userEvent.click(screen.getByLabelText("Exam"));
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    expect(calls[0]?.body).toEqual({
      alignments: [
        { rubric_id: null, criterion_id: null, assignment_id: 2 },
        { rubric_id: 3, criterion_id: "gone", assignment_id: null },
      ],
      version: 4,
    });
  });
});
