import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { describe, expect, it } from "vitest";
import { FeedbackScreen } from "../features/grading/work-files/feedback-screen";
import { WorkFilesScreen } from "../features/grading/work-files/work-files-screen";
import { stubFetch } from "../lib/fetch-stub";
import { renderAt } from "./test-render";

const summary = {
  recognised: 4998,
  unknown: 2,
  duplicate: 0,
  wrong_type: 0,
  standing: 0,
  stored: 0,
  attached: 0,
  learners: 0,
  taken_back: 0,
  kept: 0,
};

const planned = {
  feedback_import_id: 5,
  course_id: 1,
  assignment_id: 7,
  file_name: "feedback.zip",
  state: "planned",
  summary,
  refusal: null,
  stopped: false,
  created_at: "2026-11-01T10:00:00Z",
};

const unknown = {
  row_no: 1,
  kind: "unknown",
  path: "Lost__1__9/essay.txt",
  name: "essay.txt",
  learner: null,
  reason: "No work with this number was handed in here.",
};

const because = "2 of 5,000 files cannot be attached: “Lost__1__9/essay.txt”, “b.pdf”.";

function stub(look: () => object) {
  return stubFetch([
    [/GET .*\/files\?/, () => ({ body: { items: [unknown], next: null } })],
    [/GET .*\/feedback-imports\/5$/, () => ({ body: look() })],
    [
      /POST .*\/application$/,
      ({ body }) =>
        (body as { leave_out: boolean }).leave_out
          ? { status: 202, body: { ...planned, state: "applying" } }
          : { status: 422, body: { status: 422, code: "feedback_in_doubt", detail: because } },
    ],
    [/GET .*\/submission-downloads(\?.*)?$/, () => ({ body: { items: [download], next: null } })],
    [/GET .*\/submission-downloads\/3$/, () => ({ body: fetched })],
    [/GET .*\/feedback-imports(\?.*)?$/, () => ({ body: { items: [planned], next: null } })],
    [/GET \/assignments\/7$/, () => ({ body: { title: "Essay", anonymous: true } })],
    [/GET \/sessions\/current/, () => ({ status: 401, body: { status: 401 } })],
  ]);
}

const download = {
  submission_download_id: 3,
  assignment_id: 7,
  state: "ready",
  submissions: 2,
  file_count: 3,
  left_out: 0,
  created_at: "2026-11-01T10:00:00Z",
  created_by_name: "Ines",
  files: null,
  stopped: false,
};

const fetched = { ...download, files: [{ file_id: 9, name: "Essay.zip", url: "files/9?sig=x" }] };

describe("work and feedback as files", () => {
  it("names what cannot be attached, and goes on without it only when that is said", async () => {
    let state = planned;
    const calls = stub(() => state);
    const user = userEvent.setup();
    const { container } = await renderAt("/", <FeedbackScreen assignmentId={7} id={5} />);
    const attach = await screen.findByRole("button", { name: "Attach 4,998 files" });
    expect(await screen.findByText("Lost__1__9/essay.txt")).toBeTruthy();

    await user.click(attach);

    expect(await screen.findByText(because, { exact: false })).toBeTruthy();
    const found = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
    expect(found.violations.map((one) => one.id)).toEqual([]);

    await user.click(screen.getByRole("checkbox", { name: /Go on without 2 files/ }));
    state = { ...planned, state: "applied", summary: { ...summary, attached: 4998, learners: 9 } };
    await user.click(attach);

    expect(
      (await screen.findAllByText(/4,998 files were attached for 9 learners/)).length,
    ).toBeGreaterThan(0);
    expect(screen.getByRole("button", { name: "Take it back" })).toBeTruthy();
    expect(calls.filter((call) => call.path.endsWith("/application"))).toHaveLength(2);
  });

  it("asks for the addresses only when somebody fetches the work", async () => {
    const calls = stub(() => planned);
    const user = userEvent.setup();
    const { container } = await renderAt(
      "/",
      <WorkFilesScreen courseId={1} assignmentId={7} mayGrade />,
    );
    expect(await screen.findByText(/2 pieces of work, 3 files/)).toBeTruthy();
    expect(await screen.findByText(/Names are hidden here/)).toBeTruthy();
    expect(calls.some((call) => call.path.endsWith("/submission-downloads/3"))).toBe(false);

    await user.click(screen.getByRole("button", { name: "Fetch" }));

    await waitFor(() => expect(screen.getByRole("link", { name: /Essay.zip/ })).toBeTruthy());
    const found = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
    expect(found.violations.map((one) => one.id)).toEqual([]);
  });
});
