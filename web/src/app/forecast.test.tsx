import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { describe, expect, it } from "vitest";
import { GradesView } from "../features/grading/components/grades-view";
import type { LearnerGrades } from "../features/grading/grades-api";
import { stubFetch } from "../lib/fetch-stub";
import { renderAt } from "./test-render";

const node = (value: number) => ({
  kind: "course_total",
  label: "derivation.course_total",
  unit: "percent",
  operation: "given",
  value,
  inputs: [],
  reasons: [],
  counts: true,
});

const item = (assignment_id: number, title: string, points: number, score: number | null) => ({
  assignment_id,
  title,
  points_possible: points,
  score,
  points_deducted: 0,
  in_current: score === null ? "ungraded" : "counted",
  in_final: "counted",
  due_at: null,
});

function grades(final: number): LearnerGrades {
  const standing = {
    score: 0,
    possible: 0,
    percent: final,
    percent_unrounded: final,
    letter: null,
  };
  return {
    course_id: 5,
    user_id: 7,
    view: "learner",
    totals: { current: standing, final: standing },
    groups: [],
    periods: [{ period_id: 1, name: "Autumn", current: standing, final: standing }],
    items: [item(1, "Essay", 10, 4), item(2, "Exam", 30, null)],
    derivation: { current: node(final), final: node(final) },
  } as unknown as LearnerGrades;
}

async function open(needed: object | null = null) {
  const calls = stubFetch([
    [/POST .*\/forecasts$/, () => ({ body: { grades: grades(70), needed } })],
    [/GET \/sessions\/current/, () => ({ status: 401, body: { status: 401 } })],
  ]);
  await renderAt("/", <GradesView grades={grades(10)} assignmentsAt="/courses/5/assignments" />);
  return calls;
}

const figures = () =>
  screen.getAllByText(/%/, { selector: ".total-figure" }).map((one) => one.textContent?.trim());

describe("what if", () => {
  it("shows the totals of guesses, marked, and goes back to the real ones", async () => {
    const calls = await open();
    expect(screen.getByRole("rowheader", { name: "Autumn" })).toBeDefined();
    await userEvent.click(screen.getByRole("button", { name: "Try other scores" }));
    await userEvent.type(screen.getByLabelText(/Guess for Exam, of 30/), "24");
    expect(await screen.findAllByText("Guessed")).toHaveLength(2);
    expect(figures()).toEqual(["70%", "70%"]);
    expect(calls.at(-1)?.body).toMatchObject({
      guesses: [{ assignment_id: 2, score: 24 }],
      target_percent: null,
    });
    expect(
      (await axe.run(document.body, { rules: { region: { enabled: false } } })).violations,
    ).toEqual([]);
    await userEvent.click(screen.getByRole("button", { name: "Back to the real grades" }));
    expect(figures()).toEqual(["10%", "10%"]);
    expect(screen.queryByText("Guessed")).toBeNull();
  });

  it("says what is needed and takes it as guesses", async () => {
    const items = [{ assignment_id: 2, score: 24 }];
    await open({ target: 70, percent: 80, least: 10, most: 85, items });
    await userEvent.type(screen.getByLabelText("Total to reach, in percent"), "70");
    expect(screen.queryByText("Guessed")).toBeNull();
    const status = within(await screen.findByRole("status"));
    await status.findByText("Exam: 24 of 30");
    await userEvent.click(status.getByRole("button", { name: "Try these scores" }));
    const guess = screen.getByLabelText<HTMLInputElement>(/Guess for Exam, of 30/);
    expect(guess.value).toBe("24");
  });

  it("says that a total is out of reach", async () => {
    await open({
      target: 90,
      percent: null,
      least: 10,
      most: 85,
      items: [{ assignment_id: 2, score: null }],
    });
    await userEvent.type(screen.getByLabelText("Total to reach, in percent"), "90");
    expect(await screen.findByText(/90% is out of reach: .* 85%/)).toBeDefined();
  });
});

describe("a learner's grades", () => {
  it("say what the rule for missing work gave and since when, and nothing of lateness", async () => {
    stubFetch([[/GET \/sessions\/current/, () => ({ status: 401, body: { status: 401 } })]]);
    const missing = {
      ...item(3, "Notes", 10, 0),
      entered_score: null,
      points_deducted: 10,
      missing_since: "2026-11-02T18:00:00Z",
    };
    const shown = { ...grades(10), items: [missing] } as unknown as LearnerGrades;
    await renderAt("/", <GradesView grades={shown} assignmentsAt="/courses/5/assignments" />);
    const row = screen.getByRole("row", { name: /Notes/ });
    expect(row.textContent).toMatch(/0 of 10By the course's rule for missing work, since .*Nov/);
    expect(row.textContent).not.toMatch(/lateness|Graded/);
  });
});
