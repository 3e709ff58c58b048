import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { describe, expect, it } from "vitest";
import { CommentForm } from "../features/grading/components/work-comments";
import { stubFetch } from "../lib/fetch-stub";
import { renderAt } from "./test-render";

const server = () =>
  stubFetch([
    [/POST \/submissions\/3\/comments/, () => ({ status: 201, body: { body: "Good." } })],
    [/GET \/sessions\/current/, () => ({ status: 401, body: { status: 401 } })],
  ]);

describe("when a remark is read", () => {
  it("says that it waits for posting, and sends it at once only when asked to", async () => {
    const user = userEvent.setup();
    const calls = server();
    const { container } = await renderAt(
      "/",
      <CommentForm assignmentId={7} submissionId={3} waits={true} />,
    );
    const words = await screen.findByRole("textbox", { name: "Comment on this work" });
    expect(screen.getByText("The learner reads this when grades are posted.")).toBeTruthy();
    const found = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
    expect(found.violations.map((one) => one.id)).toEqual([]);

    await user.type(words, "Good.");
    await user.click(screen.getByRole("checkbox", { name: "Send it now" }));
    expect(screen.getByText(/reads this now/)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Send comment" }));
    // What is written next waits again.
    await screen.findByText("The learner reads this when grades are posted.");
    expect(
      calls.filter((call) => call.path.endsWith("/comments")).map((call) => call.body),
    ).toEqual([{ body: "Good.", at_once: true }]);
  });

  it("says that it is read at once where nothing waits, and nothing to a learner", async () => {
    server();
    const { unmount } = await renderAt(
      "/",
      <CommentForm assignmentId={7} submissionId={3} waits={false} />,
    );
    expect(await screen.findByText("The learner reads this at once.")).toBeTruthy();
    expect(screen.queryByRole("checkbox")).toBeNull();
    unmount();
    await renderAt("/", <CommentForm assignmentId={7} submissionId={3} />);
    await screen.findByRole("textbox", { name: "Comment on this work" });
    expect(screen.queryByText(/The learner reads/)).toBeNull();
  });
});
