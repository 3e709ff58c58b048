import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import GradingRulesPage from "../features/grading/routes/grading-rules-page";
import { CourseStandingContext } from "../lib/course-standing";
import { stubFetch } from "../lib/fetch-stub";
import { renderAt } from "./test-render";

const homework = {
  assignment_group_id: 3,
  name: "Homework",
  position: 0,
  weight_percent: 40,
  drop_lowest: 1,
  drop_highest: 0,
  never_drop: [],
  extra_credit: false,
  version: 2,
};

const policy = {
  weighting: "percent",
  late_policy: {
    deduct_percent: 10,
    interval_seconds: 86400,
    minimum_percent: 0,
    grace_seconds: 0,
  },
  missing_policy: null,
  periods: [
    {
      period_id: 1,
      name: "Autumn",
      starts_at: "2026-09-01T00:00:00Z",
      ends_at: "2026-12-20T00:00:00Z",
      weight_percent: 60,
    },
  ],
  weight_periods: true,
  letter_scheme: {
    scheme_id: 4,
    version: 2,
    basis: "rounded",
    bands: [
      { letter: "Pass", lower_percent: 50 },
      { letter: "Fail", lower_percent: 0 },
    ],
  },
};

const refusal = (field: string, message: string) => ({
  status: 422,
  body: { status: 422, detail: message, code: "x", errors: [{ field, message }] },
});

const missing = {
  items: [
    { assignment_id: 10, title: "Essay", posts_manually: false, learners: 9 },
    { assignment_id: 11, title: "Poem", posts_manually: true, learners: 3 },
  ],
  scored: 4,
};

async function open(write: () => { status?: number; body?: unknown }, assignments: unknown[] = []) {
  const calls = stubFetch([
    [/GET .*\/grading-policy$/, () => ({ body: { policy, version: 7 } })],
    [/GET .*\/missing-work$/, () => ({ body: missing })],
    [/GET .*\/assignment-groups$/, () => ({ body: { items: [homework], next: null } })],
    [/GET .*\/assignments$/, () => ({ body: { items: assignments, next: null } })],
    [/GET \/sessions\/current/, () => ({ status: 401, body: { status: 401 } })],
    [/(PUT|DELETE) /, write],
  ]);
  const standing = {
    permissions: new Set(["assignment.manage", "grading_policy.manage"]),
    zone: "Europe/London",
    title: "Biology",
  };
  await renderAt(
    "/",
    <CourseStandingContext value={standing}>
      <GradingRulesPage />
    </CourseStandingContext>,
  );
  await screen.findByText("Homework");
  return calls;
}

describe("the rules of a course's grades", () => {
  beforeEach(() => {
    HTMLDialogElement.prototype.showModal = function () {
      this.open = true;
    };
    HTMLDialogElement.prototype.close = function () {
      this.open = false;
    };
  });

  it("are saved whole, with what the page does not show", async () => {
    const user = userEvent.setup();
    const calls = await open(() => ({ body: { policy, version: 8 } }));
    const deduct = screen.getByLabelText("Points taken off, in %");
    await user.clear(deduct);
    await user.type(deduct, "25");
    await user.click(screen.getByRole("button", { name: /Save and work out/ }));
    const sent = calls.find((call) => call.method === "PUT");
    expect(sent?.body).toEqual({
      policy: { ...policy, late_policy: { ...policy.late_policy, deduct_percent: 25 } },
      version: 7,
    });
  });

  it("show a refusal beside the field it names, and not beside its namesake", async () => {
    const user = userEvent.setup();
    await open(() => refusal("policy.missing_policy.deduct_percent", "Between 0 and 100."));
    await user.click(screen.getByLabelText("Score missing work by itself"));
    await user.click(screen.getByRole("button", { name: /Save and work out/ }));
    const missing = screen.getByLabelText("Points taken off missing work, in %");
    await screen.findAllByText("Between 0 and 100.");
    expect(missing.getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByLabelText("Points taken off, in %").getAttribute("aria-invalid")).toBeNull();
  });

  it("say what scoring missing work by the dates would do, before it is saved", async () => {
    const user = userEvent.setup();
    const calls = await open(() => ({ body: { policy, version: 8 } }));
    await user.click(screen.getByLabelText("Score missing work by itself"));
    await screen.findByText("Saving scores 12 pieces of work as missing now:");
    screen.getByText("Essay: 9 learners");
    screen.getByText("Poem: 3 learners · learners see nothing until it is posted");
    await user.selectOptions(screen.getByLabelText("Work is missing"), "grader");
    expect(screen.queryByText(/Saving scores/)).toBeNull();
    await user.selectOptions(screen.getByLabelText("Work is missing"), "dates");
    await user.click(screen.getByRole("button", { name: /Save and work out/ }));
    const sent = calls.find((call) => call.method === "PUT")?.body as { policy: typeof policy };
    expect(sent.policy.missing_policy).toEqual({ deduct_percent: 100, by_dates: true });
  });

  it("have letters that begin where they are told to", async () => {
    const user = userEvent.setup();
    const calls = await open(() => refusal("policy.letter_scheme", "Let the last one begin at 0."));
    expect(screen.getByLabelText<HTMLSelectElement>("Start from").value).toBe("pass");
    await user.click(screen.getByRole("button", { name: "Remove the letter Fail" }));
    await user.click(screen.getByRole("button", { name: /Save and work out/ }));
    expect((await screen.findAllByText("Let the last one begin at 0.")).length).toBeGreaterThan(1);
    await user.selectOptions(screen.getByLabelText("Start from"), "degree");
    await user.click(screen.getByRole("button", { name: /Save and work out/ }));
    const sent = calls.at(-1)?.body as { policy: typeof policy };
    expect(sent.policy.letter_scheme.bands.map((band) => band.letter)).toEqual([
      "1st",
      "2:1",
      "2:2",
      "3rd",
      "Fail",
    ]);
  });

  it("have grading periods, the next beginning where the last ends", async () => {
    const user = userEvent.setup();
    const calls = await open(() => ({ body: { policy, version: 8 } }));
    await user.click(screen.getByRole("button", { name: "Add a grading period" }));
    await user.type(screen.getAllByLabelText("Name").at(-1) as HTMLElement, "Spring");
    await user.clear(screen.getAllByLabelText("Weight, in %").at(-1) as HTMLElement);
    await user.type(screen.getAllByLabelText("Weight, in %").at(-1) as HTMLElement, "40");
    await user.click(screen.getByRole("button", { name: /Save and work out/ }));
    const sent = calls.find((call) => call.method === "PUT")?.body as { policy: typeof policy };
    expect(sent.policy.periods).toHaveLength(2);
    expect(sent.policy.periods[1]).toMatchObject({
      period_id: 0,
      name: "Spring",
      starts_at: "2026-12-20T00:00:00Z",
      weight_percent: 40,
    });
  });

  it("say what is wrong with a period beside its own field", async () => {
    const user = userEvent.setup();
    const words = "'Spring' ends before it starts.";
    await open(() => refusal("policy.periods[1].ends_at", words));
    await user.click(screen.getByRole("button", { name: "Add a grading period" }));
    await user.click(screen.getByRole("button", { name: /Save and work out/ }));
    await screen.findAllByText(words);
    const invalid = screen.getAllByLabelText("Ends").map((one) => one.getAttribute("aria-invalid"));
    expect(invalid).toEqual([null, "true"]);
  });

  it("say that not everything can be dropped, as soon as that is asked for", async () => {
    const user = userEvent.setup();
    const essay = (assignment_id: number) => ({
      assignment_id,
      assignment_group_id: 3,
      title: `Essay ${assignment_id}`,
    });
    await open(() => ({}), [essay(1), essay(2), essay(3)]);
    await user.click(screen.getByRole("button", { name: "Edit Homework" }));
    const dialog = within(screen.getByRole("dialog"));
    expect(dialog.queryByText(/always counts/)).toBeNull();
    await user.clear(dialog.getByLabelText("Drop the highest"));
    await user.type(dialog.getByLabelText("Drop the highest"), "2");
    expect(dialog.getByText(/Only 3 assignments here may be dropped/)).toBeTruthy();
    await user.click(dialog.getByLabelText("Essay 1"));
    expect(dialog.getByText(/Only 2 assignments here may be dropped/)).toBeTruthy();
  });

  it("say that weights do not make a whole, and why a group cannot go", async () => {
    const user = userEvent.setup();
    const calls = await open(() => refusal("", "Move this group's assignments first."));
    expect(screen.getByText(/add up to 40 %, not 100 %/)).toBeTruthy();
    expect(screen.getByText(/add up to 60 %, not 100 %/)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Edit Homework" }));
    await user.click(within(screen.getByRole("dialog")).getByText("Delete group"));
    await screen.findAllByText("Move this group's assignments first.");
    expect(calls.at(-1)?.path).toBe("/assignment-groups/3?version=2");
  });
});
