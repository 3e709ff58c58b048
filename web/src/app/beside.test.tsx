import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import type { Submission } from "../features/grading/api";
import { type Beside, SideBySide } from "../features/grading/beside/side-by-side";
import { stubFetch } from "../lib/fetch-stub";
import { renderAt } from "./test-render";

const attempt = (submission_id: number, number: number, body_text: string) =>
  ({
    submission_id,
    assignment_id: 7,
    user_id: 1,
    attempt: number,
    type: "text",
    body_text,
    url: null,
    files: [],
    submitted_at: "2026-11-22T10:00:00Z",
    late: false,
  }) as unknown as Submission;

const other = attempt(30, 1, "Somebody else's words.");

function server() {
  return stubFetch([
    [
      /GET \/assignments\/7\/submissions\?/,
      () => ({
        body: {
          items: [
            { user_id: 1, name: "Ada" },
            { user_id: 2, name: "Ben" },
          ],
          next: null,
        },
      }),
    ],
    [
      /GET \/assignments\/7\/grading-claims\/2$/,
      () => ({ body: { name: "Ben", work: { attempts: [other] } } }),
    ],
    [/GET \/submissions\/\d+\/annotations/, () => ({ body: { items: [], next: null } })],
    [/GET \/sessions\/current/, () => ({ status: 401, body: { status: 401 } })],
  ]);
}

function Desk({ attempts }: { attempts: Submission[] }) {
  const [beside, setBeside] = useState<Beside>();
  return (
    <SideBySide
      assignmentId={7}
      userId={1}
      name="Ada"
      attempts={attempts}
      beside={beside}
      onBeside={setBeside}
    />
  );
}

const marks = (container: Element, tag: string) =>
  [...container.querySelectorAll(tag)].map((mark) => mark.textContent);

describe("two pieces of work side by side", () => {
  it("begins with the attempt before, and marks what differs until that is switched off", async () => {
    server();
    const user = userEvent.setup();
    const { container } = await renderAt(
      "/",
      <Desk attempts={[attempt(3, 2, "The dog sat."), attempt(2, 1, "The cat sat.")]} />,
    );
    expect(await screen.findByText("1 place differs.")).toBeTruthy();
    expect([marks(container, "ins"), marks(container, "del")]).toEqual([["dog"], ["cat"]]);
    const found = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
    expect(found.violations.map((one) => one.id)).toEqual([]);

    await user.click(screen.getByRole("checkbox", { name: "Mark what differs" }));
    expect(marks(container, "ins")).toEqual([]);
    expect(await screen.findByText("The cat sat.")).toBeTruthy();
  });

  it("shows somebody else's work, and goes from one to the other by keys", async () => {
    server();
    const user = userEvent.setup();
    await renderAt("/", <Desk attempts={[attempt(3, 1, "My words.")]} />);
    await screen.findByRole("option", { name: "Ben" });
    expect(screen.queryByRole("option", { name: "Ada" })).toBeNull();

    await user.selectOptions(screen.getByRole("combobox", { name: "Beside it" }), "l2");
    expect(await screen.findByText("Somebody else's words.")).toBeTruthy();

    const tab = screen.getByRole("tab", { name: "Ada" });
    tab.focus();
    await user.keyboard("{ArrowRight}");
    const second = screen.getByRole("tab", { name: "Beside it" });
    expect(second.getAttribute("aria-selected")).toBe("true");
    expect(document.activeElement).toBe(second);
  });
});
