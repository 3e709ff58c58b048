import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { LearnerGradePoints } from "../features/grading/grade-points/grade-points-api";
import { GradePointsPlanner } from "../features/grading/grade-points/grade-points-planner";
import { GradePointsView } from "../features/grading/grade-points/grade-points-view";
import { stubFetch } from "../lib/fetch-stub";
import { renderAt } from "./test-render";

const node = (kind: string, value: number | null, more: object = {}) => ({
  kind,
  unit: "points",
  operation: "given",
  value,
  inputs: [],
  label: "",
  reasons: [],
  counts: true,
  subject_id: null,
  letter: null,
  ...more,
});

const average = (value: number | null) => ({
  average: value,
  credits: 4,
  grade_points: 16,
  derivation: node("grade_point_average", value, {
    operation: "round",
    inputs: [node("credits", 4, { subject_id: 1 })],
  }),
});

const course = {
  course_id: 1,
  code: "MATH-1",
  title: "Algebra",
  credits: 4,
  is_final: true,
  percent: 95,
  letter: "A",
  grade_points: 4,
  assumed: false,
  left_out: null,
  replaced: false,
  letters: [],
};

const ongoing = {
  ...course,
  course_id: 2,
  code: "BIO-1",
  title: "Biology",
  is_final: false,
  letter: "B",
  grade_points: 3,
  left_out: "course_in_progress",
  letters: [
    { letter: "A", grade_points: 4 },
    { letter: "B", grade_points: 3 },
  ],
};

const points = (cumulative: number, second: object = ongoing) =>
  ({
    user_id: 7,
    name: "Lea",
    repeats: "latest",
    cumulative: average(cumulative),
    terms: [{ term_id: 3, name: "Autumn", average: average(4), courses: [course, second] }],
  }) as unknown as LearnerGradePoints;

describe("grade point averages", () => {
  it("asks the server what a guessed letter makes, and goes back", async () => {
    const calls = stubFetch([
      [
        /POST .*\/grade-points\/mine\/forecasts$/,
        () => ({ body: points(3.5, { ...ongoing, assumed: true, left_out: null }) }),
      ],
    ]);
    await renderAt("/grade-points", <GradePointsPlanner real={points(4)} />);
    const all = await screen.findByRole("region", { name: /All courses/ });
    expect(within(all).getByText("4")).toBeTruthy();
    expect(screen.getByText("In progress, or not all grades are posted")).toBeTruthy();

    await userEvent.selectOptions(screen.getByLabelText("What if, in Biology"), "B");

    expect(await within(all).findByText("3.5")).toBeTruthy();
    expect(calls.at(-1)?.body).toEqual({ guesses: [{ course_id: 2, letter: "B" }] });
    expect(within(all).getByText("Guessed")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Back to the real grades" }));
    expect(within(all).getByText("4")).toBeTruthy();
    expect(within(all).queryByText("Guessed")).toBeNull();
  });

  it("explains its numbers by the courses, and lets others only read", async () => {
    await renderAt("/learners/7/grade-points", <GradePointsView points={points(4)} />);
    const all = await screen.findByRole("region", { name: /All courses/ });
    await userEvent.click(
      within(all).getByRole("button", { name: "How did this number come about?" }),
    );
    expect(within(all).getByText(/Credits: Algebra/)).toBeTruthy();
    expect(screen.queryByRole("combobox")).toBeNull();
  });
});
