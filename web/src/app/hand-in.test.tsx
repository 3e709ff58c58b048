import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Assignment } from "../features/grading/api";
import { HandInForm } from "../features/grading/components/hand-in";
import { stubFetch } from "../lib/fetch-stub";
import { renderAt } from "./test-render";

const assignment = {
  assignment_id: 10,
  course_id: 1,
  title: "Essay",
  submission_types: ["text"],
} as unknown as Assignment;

const draft = { body_text: "Begun", url: null, file_ids: [], files: [], version: 2 };
const noSession = { status: 401, body: { status: 401 } };

describe("handing in", () => {
  beforeEach(() => localStorage.clear());

  it("hands in once when the button is pressed twice", async () => {
    let answer = (_: { status?: number; body?: unknown }) => {};
    const pending = new Promise<{ status?: number; body?: unknown }>((resolve) => {
      answer = resolve;
    });
    const calls = stubFetch([
      [/GET \/sessions\/current/, () => noSession],
      [/GET .*\/draft$/, () => ({ body: draft })],
      [/POST .*\/submissions$/, () => pending],
    ]);
    const handedIn = vi.fn();
    await renderAt("/", <HandInForm assignment={assignment} onHandedIn={handedIn} />);
    const button = await screen.findByRole("button", { name: "Hand in" });
    await userEvent.dblClick(button);
    answer({ status: 201, body: { submission_id: 5, attempt: 1 } });
    await waitFor(() => expect(handedIn).toHaveBeenCalledTimes(1));
    const posts = calls.filter((call) => call.method === "POST");
    expect(posts).toHaveLength(1);
    expect(posts[0]?.body).toEqual({ type: "text", body_text: "Begun" });
    expect(posts[0]?.headers["Idempotency-Key"]).toBeTruthy();
  });

  it("repeats the same key after a lost connection", async () => {
    let first = true;
    const calls = stubFetch([
      [/GET \/sessions\/current/, () => noSession],
      [/GET .*\/draft$/, () => ({ body: draft })],
      [
        /POST .*\/submissions$/,
        () => {
          if (!first) return { status: 201, body: { submission_id: 5, attempt: 1 } };
          first = false;
          throw new TypeError("Failed to fetch");
        },
      ],
    ]);
    const handedIn = vi.fn();
    await renderAt("/", <HandInForm assignment={assignment} onHandedIn={handedIn} />);
    await userEvent.click(await screen.findByRole("button", { name: "Hand in" }));
    await screen.findByRole("alert");
    await userEvent.click(screen.getByRole("button", { name: "Hand in" }));
    await waitFor(() => expect(handedIn).toHaveBeenCalled());
    const keys = calls.filter((c) => c.method === "POST").map((c) => c.headers["Idempotency-Key"]);
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
  });

  it("says saved only after the server answered, and keeps the text while it has not", async () => {
    let answer = (_: { status?: number; body?: unknown }) => {};
    stubFetch([
      [/GET \/sessions\/current/, () => noSession],
      [/GET .*\/draft$/, () => ({ body: draft })],
      [
        /PUT .*\/draft$/,
        () =>
          new Promise<{ status?: number; body?: unknown }>((resolve) => {
            answer = resolve;
          }),
      ],
    ]);
    await renderAt("/", <HandInForm assignment={assignment} onHandedIn={() => {}} />);
    await userEvent.type(await screen.findByRole("textbox"), " well");
    await waitFor(() => expect(document.body.textContent).toContain("Saving…"), { timeout: 3000 });
    expect(localStorage.getItem("lectern.draft.0.10")).toContain("Begun well");
    expect(document.body.textContent).not.toContain("Saved");
    answer({ body: { ...draft, version: 3, saved_at: "2026-11-22T09:42:00Z" } });
    await waitFor(() => expect(document.body.textContent).toContain("Saved"));
    expect(localStorage.getItem("lectern.draft.0.10")).toBeNull();
  });

  it("opens what the draft holds", async () => {
    stubFetch([
      [/GET \/sessions\/current/, () => noSession],
      [/GET .*\/draft$/, () => ({ body: { ...draft, body_text: null, url: "https://a.example" } })],
    ]);
    const both = { ...assignment, submission_types: ["text", "url"] } as Assignment;
    await renderAt("/", <HandInForm assignment={both} onHandedIn={vi.fn()} />);
    expect(await screen.findByDisplayValue("https://a.example")).toBeTruthy();
  });
});
