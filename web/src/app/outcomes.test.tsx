import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { beforeEach, describe, expect, it } from "vitest";
import { AcrossScreen } from "../features/grading/outcomes/across-screen";
import { AlignDialog } from "../features/grading/outcomes/align-dialog";
import { LearnerMasteryView } from "../features/grading/outcomes/learner-mastery";
import { MasteryScreen } from "../features/grading/outcomes/mastery-screen";
import { OutcomeDialog } from "../features/grading/outcomes/outcome-dialog";
import { OutcomeTransfer } from "../features/grading/outcomes/outcome-transfer";
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
    expect([...grid.querySelectorAll("[tabindex='0']")]).toHaveLength(1);
    const cells = within(grid).getAllByRole("gridcell");
    expect(cells.map((cell) => cell.tabIndex)).toEqual([0, -1]);
    expect(cells[0]?.textContent).toBe("Near2.5*learner sees another score");
    cells[0]?.focus();
    await userEvent.keyboard("{ArrowDown}");
    expect(document.activeElement).toBe(cells[1]);
    const said = () => document.querySelector("[aria-live=polite]")?.textContent?.trim();
    expect(said()).toBe("Row Leo, column W1 Writing, No score yet");
    await userEvent.keyboard("{ArrowUp}");
    expect(said()).toBe("Row Ada, column W1 Writing, 2.5, Near, learner sees another score");
    await userEvent.keyboard("{ArrowUp}");
    expect(said()).toBe("Heading W1 Writing, 0 of 2 at mastery");
    expect((await axe.run(grid)).violations).toEqual([]);
    await userEvent.keyboard("{ArrowDown}{Enter}");
    const tray = await screen.findByRole("complementary", { name: "Ada: W1" });
    expect(await within(tray).findByText("Average of 2 results: 2.5.")).toBeTruthy();
    expect(within(tray).getByText("not posted")).toBeTruthy();
    await userEvent.keyboard("{Escape}");
    expect(document.activeElement).toBe(cells[0]);
  });

  it("come page by page, draw what is in sight, and tell who is not there yet and as it was", async () => {
    const line = (id: number) => ({ ...rows.items[1], user_id: id, name: `Learner ${id}` });
    const page = (from: number, count: number, next: string | null) => ({
      body: { items: Array.from({ length: count }, (_, i) => line(from + i)), next },
    });
    const calls = stubFetch([
      [/GET .*\/mastery-summary/, () => ({ body: { ...summary, learner_count: 1100 } })],
      [/GET .*\/mastery\?.*after=b/, () => page(600, 500, null)],
      [/GET .*\/mastery\?.*after=a/, () => page(100, 500, "b")],
      [/GET .*\/mastery\?/, () => page(0, 100, "a")],
    ]);
    await renderAt("/", <MasteryScreen courseId={5} sections={[]} />);
    const grid = await screen.findByRole("grid", { name: "Mastery" });
    expect(grid.getAttribute("aria-rowcount")).toBe("1101");
    expect(await screen.findByText(/^1,?100 learners$/)).toBeTruthy();
    expect(within(grid).getAllByRole("row").length).toBeLessThan(40);
    within(grid).getAllByRole("gridcell")[0]?.focus();
    await userEvent.keyboard("{Control>}{ArrowDown}{/Control}");
    expect(document.activeElement?.getAttribute("data-at")).toBe("1099:1");
    await userEvent.selectOptions(screen.getByLabelText("Show"), "Not yet at mastery: W1");
    await waitFor(() => expect(calls.at(-1)?.path).toContain("not_mastered=1"));
    await userEvent.click(screen.getByRole("button", { name: "As it was…" }));
    expect(await screen.findByRole("region", { name: "Mastery as it was" })).toBeTruthy();
    await waitFor(() =>
      expect(calls.at(-1)?.path).toMatch(/not_mastered=1.*as_of=|as_of=.*not_mastered=1/),
    );
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

  it("are seen across courses, with who is not there yet and a file of all", async () => {
    const course = {
      course_id: 5,
      course_outcome_id: 1,
      slot: 0,
      code: "ENG1",
      title: "Composition",
      status: "published",
      version: 2,
      scale,
      learner_count: 4,
      counts: {},
      levels: [1, 0, 2],
      without_score: 1,
    };
    const waiting = { user_id: 8, name: "Leo", sortable_name: "Leo", score: null, level: null };
    const made = { outcome_export_id: 9, outcome_id: 11, state: "waiting" };
    stubFetch([
      [/GET .*\/outcomes\/11\/courses/, () => ({ body: { items: [course], next: null } })],
      [/GET .*\/waiting-learners/, () => ({ body: { items: [waiting], next: null } })],
      [/POST .*\/outcomes\/11\/exports$/, () => ({ status: 202, body: made })],
      [
        /GET .*\/outcomes\/11\/exports\/9$/,
        () => ({ body: { ...made, state: "ready", file: { url: "/files/9" } } }),
      ],
      [/GET .*\/outcomes\/11$/, () => ({ body: { outcome: { code: "W1", title: "Writing" } } })],
    ]);
    await renderAt("/", <AcrossScreen outcomeId={11} />);
    expect(await screen.findByText("2 of 4 at mastery")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: /Not there yet: Composition$/ }));
    expect(await screen.findByText("Leo")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Export as CSV" }));
    const link = await screen.findByRole("link", { name: "Download the file" });
    expect(link.getAttribute("href")).toBe("/files/9");
  });

  it("come from a file, whose mistakes are said by line", async () => {
    const because = "There is no group 'x' here, and none in an earlier line.";
    const calls = stubFetch([
      [
        /POST .*\/outcome-imports$/,
        () => ({
          status: 422,
          body: {
            status: 422,
            code: "outcomes_refused",
            detail: "1 things are wrong with this file. Nothing was changed.",
            errors: [{ field: "lines[7]", code: "parent_unknown", message: because }],
          },
        }),
      ],
    ]);
    await renderAt("/", <OutcomeTransfer owner={{ accountId: 3 }} />);
    const file = new File(["a,b"], "outcomes.csv");
    await userEvent.upload(await screen.findByLabelText("Take a file in"), file);
    expect(await screen.findByText("Line 7:")).toBeTruthy();
    expect(screen.getByText(new RegExp(because))).toBeTruthy();
    expect(calls[0]?.path).toBe("/accounts/3/outcome-imports");
  });
});
