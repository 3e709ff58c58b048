import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { describe, expect, it } from "vitest";
import { ImportScreen } from "../features/grading/gradebook/transfer/import-screen";
import { stubFetch } from "../lib/fetch-stub";
import { renderAt } from "./test-render";

const none = { reverted: 0, kept: 0, taken: 0 };

const planned = {
  gradebook_import_id: 5,
  course_id: 1,
  file_name: "grades.xlsx",
  size_bytes: 1000,
  state: "planned",
  summary: {
    lines: 500,
    same: 9964,
    changed: 2,
    conflict: 2,
    invalid: 1,
    unknown_learner: 1,
    unknown_column: 0,
    ...none,
  },
  refusal: null,
  job: null,
};

const row = (row_no: number, kind: string, more: object = {}) => ({
  row_no,
  kind,
  line: row_no + 1,
  learner: `Learner ${row_no}`,
  user_id: row_no,
  column_name: "Essay",
  assignment_id: 7,
  value: "9",
  score: 9,
  excused: false,
  current_score: 4,
  current_excused: false,
  seen_known: true,
  seen_score: 3,
  seen_excused: false,
  version: 1,
  code: null,
  reason: null,
  taken: false,
  ...more,
});

const rows = [
  row(1, "changed"),
  row(2, "changed", { score: null, excused: true }),
  row(3, "conflict"),
  row(4, "conflict", { seen_known: false }),
  row(5, "invalid", { value: "ten", score: null, reason: "“ten” is no score." }),
  row(6, "unknown_learner", { value: null, column_name: null, reason: "Nobody is known by that." }),
];

function stub(imports: () => object) {
  return stubFetch([
    [
      /GET .*\/rows/,
      ({ path }) => {
        const kind = new URLSearchParams(path.split("?")[1]).get("kind");
        return { body: { items: rows.filter((one) => one.kind === kind), next: null } };
      },
    ],
    [/GET .*\/gradebook-imports\/5$/, () => ({ body: imports() })],
    [/POST .*\/(application|reversal)$/, () => ({ status: 202, body: planned })],
    [/GET \/sessions\/current/, () => ({ status: 401, body: { status: 401 } })],
  ]);
}

const shown = () => screen.getAllByRole("row").slice(1);

describe("grades that come back", () => {
  it("shows exactly what changed, what conflicts and what is wrong, with counts", async () => {
    stub(() => planned);
    const user = userEvent.setup();
    await renderAt("/", <ImportScreen courseId={1} importId={5} />);

    // What has to be decided comes first.
    const show = await screen.findByLabelText("Show");
    await waitFor(() => expect(shown()).toHaveLength(2));
    expect([...(show as HTMLSelectElement).options].map((option) => option.text)).toEqual([
      "Changed (2)",
      "Conflicts (2)",
      "No score (1)",
      "Unknown learners (1)",
      "Unknown columns (0)",
    ]);
    const [seen, unseen] = shown();
    expect(
      within(seen as HTMLElement)
        .getAllByRole("cell")
        .map((cell) => cell.textContent),
    ).toEqual(["", "Essay", "4", "9", "3"]);
    expect(within(unseen as HTMLElement).getByText("unknown")).toBeTruthy();
    expect(screen.getByText(/500 lines were read; 9,964 cells say/)).toBeTruthy();

    await user.selectOptions(show, "Changed (2)");
    await waitFor(() => expect(screen.getByText("Excused")).toBeTruthy());
    await user.selectOptions(screen.getByLabelText("Show"), "No score (1)");
    expect(await screen.findByText("“ten” is no score.")).toBeTruthy();
    await user.selectOptions(screen.getByLabelText("Show"), "Unknown learners (1)");
    expect(await screen.findByText("Nobody is known by that.")).toBeTruthy();
  });

  it("keeps conflicts unless told, and lets each be decided by keyboard", async () => {
    const calls = stub(() => planned);
    const user = userEvent.setup();
    await renderAt("/", <ImportScreen courseId={1} importId={5} />);
    const box = await screen.findByRole("checkbox", { name: /Learner 3, Essay/ });
    expect((box as HTMLInputElement).checked).toBe(false);
    expect(screen.getByRole("button", { name: "Change 2 grades" })).toBeTruthy();

    box.focus();
    await user.keyboard(" ");
    expect(screen.getByRole("button", { name: "Change 3 grades" })).toBeTruthy();
    await user.selectOptions(screen.getByLabelText("Show"), "Changed (2)");
    await user.click(await screen.findByRole("checkbox", { name: /Learner 1, Essay/ }));
    await user.click(screen.getByRole("button", { name: "Change 2 grades" }));

    await waitFor(() => expect(calls.some((call) => call.method === "POST")).toBe(true));
    expect(calls.find((call) => call.method === "POST")?.body).toEqual({
      conflicts: "keep",
      rows: [
        { row_no: 3, take: true },
        { row_no: 1, take: false },
      ],
    });
  });

  it("takes all conflicts at once, which forgets what was said of single ones", async () => {
    const calls = stub(() => planned);
    const user = userEvent.setup();
    await renderAt("/", <ImportScreen courseId={1} importId={5} />);
    await user.click(await screen.findByRole("checkbox", { name: /Learner 3, Essay/ }));
    await user.selectOptions(screen.getByLabelText("All 2 conflicts"), "Take what the file says");
    expect(screen.getAllByRole<HTMLInputElement>("checkbox").every((one) => one.checked)).toBe(
      true,
    );
    await user.click(screen.getByRole("button", { name: "Change 4 grades" }));
    await waitFor(() => expect(calls.some((call) => call.method === "POST")).toBe(true));
    expect(calls.find((call) => call.method === "POST")?.body).toEqual({
      conflicts: "take",
      rows: [],
    });
  });

  it("follows the job, and takes an applied file back", async () => {
    const states = ["applying", "applied"];
    const calls = stub(() => ({
      ...planned,
      state: states.length > 1 ? states.shift() : states[0],
      summary: { ...planned.summary, taken: 2 },
      job: { state: "running", progress: 0, total: null },
    }));
    const user = userEvent.setup();
    await renderAt("/", <ImportScreen courseId={1} importId={5} />);
    expect(await screen.findByRole("progressbar", { name: "Being applied" })).toBeTruthy();
    const back = await screen.findByRole(
      "button",
      { name: "Take these changes back" },
      { timeout: 5_000 },
    );
    // On the page, and read out to who cannot see it change.
    expect(screen.getAllByText("2 grades were changed.")).toHaveLength(2);
    await user.click(back);
    await waitFor(() => expect(calls.some((call) => call.path.endsWith("/reversal"))).toBe(true));
  });

  it("says why a file cannot be read, and axe finds nothing in either", async () => {
    stub(() => planned);
    const { container, unmount } = await renderAt("/", <ImportScreen courseId={1} importId={5} />);
    await waitFor(() => expect(shown()).toHaveLength(2));
    const rules = { rules: { "color-contrast": { enabled: false } } };
    expect((await axe.run(container, rules)).violations.map((one) => one.id)).toEqual([]);
    unmount();

    stub(() => ({ ...planned, state: "refused", refusal: "The file is empty." }));
    await renderAt("/", <ImportScreen courseId={1} importId={5} />);
    expect(await screen.findByText(/Nothing was changed. The file is empty./)).toBeTruthy();
    expect(screen.queryByLabelText("Show")).toBeNull();
  });
});
