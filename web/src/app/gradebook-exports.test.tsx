import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { describe, expect, it, vi } from "vitest";
import { ExportsScreen } from "../features/grading/gradebook/transfer/exports-screen";
import { stubFetch } from "../lib/fetch-stub";
import { renderAt } from "./test-render";

const sections = [
  { section_id: 1, name: "Morning" },
  { section_id: 2, name: "Evening" },
];

const made = {
  gradebook_export_id: 5,
  course_id: 1,
  format: "xlsx",
  total: "final",
  section_ids: [],
  state: "ready",
  learners: 12,
  left_out: 2,
  created_at: "2026-11-20T10:00:00Z",
  created_by: 3,
  created_by_name: "Ines Instructor",
  job: null,
  file: null,
};

function stub(listed: object[], looked: () => object) {
  return stubFetch([
    [/POST .*\/gradebook-exports$/, () => ({ status: 202, body: { ...made, state: "waiting" } })],
    [/GET .*\/gradebook-exports\/5/, () => ({ body: looked() })],
    [/GET .*\/gradebook-exports$/, () => ({ body: { items: listed, next: null } })],
    [/GET \/sessions\/current/, () => ({ status: 401, body: { status: 401 } })],
  ]);
}

describe("grades as a file", () => {
  it("asks for what was chosen, and only for what the format takes", async () => {
    const calls = stub([], () => made);
    const user = userEvent.setup();
    await renderAt("/", <ExportsScreen courseId={1} sections={sections} />);
    expect(await screen.findByText(/Nobody has made a file/)).toBeTruthy();
    expect(screen.queryByLabelText("Total")).toBeNull();

    await user.selectOptions(screen.getByLabelText("Write as"), "PowerSchool");
    await user.selectOptions(screen.getByLabelText("Section"), "Evening");
    await user.type(screen.getByLabelText("Store code"), "S1");
    await user.click(screen.getByRole("button", { name: "Make the file" }));

    await waitFor(() => expect(calls.some((call) => call.method === "POST")).toBe(true));
    expect(calls.find((call) => call.method === "POST")?.body).toEqual({
      format: "powerschool",
      section_ids: [2],
      total: "final",
      store_code: "S1",
    });
  });

  it("shows how far it has come, until it can be fetched", async () => {
    const looks = [
      { ...made, state: "waiting", job: { state: "running", progress: 3, total: 12 } },
    ];
    stub([{ ...made, state: "waiting" }], () => looks.shift() ?? made);
    await renderAt("/", <ExportsScreen courseId={1} sections={[]} />);

    const progress = await screen.findByRole("progressbar", { name: "Being made" });
    await waitFor(() => expect(progress.getAttribute("value")).toBe("3"));
    expect(await screen.findByText("Ready", {}, { timeout: 5_000 })).toBeTruthy();
    expect(screen.getByText(/10 learners · 2 left out/)).toBeTruthy();
  });

  it("asks for the address only when somebody fetches the file", async () => {
    const assign = vi.fn();
    vi.stubGlobal("location", { ...window.location, assign });
    const calls = stub([made], () => ({ ...made, file: { url: "files/9?sig=x" } }));
    const user = userEvent.setup();
    await renderAt("/", <ExportsScreen courseId={1} sections={[]} />);
    const button = await screen.findByRole("button", { name: "Download: Excel workbook" });
    expect(calls.some((call) => call.path.endsWith("/gradebook-exports/5"))).toBe(false);

    await user.click(button);

    await waitFor(() => expect(assign).toHaveBeenCalledWith(expect.stringContaining("files/9")));
  });

  it("says so when the job gave up, and axe finds nothing", async () => {
    const failed = {
      ...made,
      state: "waiting",
      job: { state: "dead", progress: 0, error: "Full." },
    };
    stub([failed], () => failed);
    const { container } = await renderAt("/", <ExportsScreen courseId={1} sections={sections} />);
    expect(await screen.findByText("Failed")).toBeTruthy();
    const found = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
    expect(found.violations.map((one) => one.id)).toEqual([]);
  });
});
