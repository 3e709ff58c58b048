import { Link } from "@tanstack/react-router";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Assignment } from "../features/grading/api";
import { HandInForm } from "../features/grading/components/hand-in";
import { QuestionEditor } from "../features/grading/questions/question-editor";
import type { QuestionSet } from "../features/grading/questions/questions-api";
import { stubFetch } from "../lib/fetch-stub";
import { renderAt } from "./test-render";

const assignment = {
  assignment_id: 10,
  course_id: 1,
  title: "Quiz",
  submission_types: ["questions"],
} as unknown as Assignment;

const asked = {
  version: 1,
  items: [
    { question_id: "a", prompt: "The capital?", points: 2, kind: "exact", has_unit: false },
    { question_id: "b", prompt: "How fast?", points: 3, kind: "numeric", has_unit: true },
  ],
};
const draft = { body_text: null, url: null, files: [], answers: { a: "Par" }, version: 2 };
const set = {
  assignment_id: 10,
  version: 3,
  points_possible: 2,
  languages: [],
  in_use: false,
  questions: [
    {
      question_id: "a",
      prompt: "The capital?",
      points: 2,
      key: {
        kind: "exact",
        exact: {
          accepted: ["Paris"],
          ignore_case: true,
          ignore_space: true,
          ignore_accents: false,
        },
      },
    },
  ],
} as unknown as QuestionSet;
const noSession = { status: 401, body: { status: 401 } };

describe("questions", () => {
  beforeEach(() => localStorage.clear());

  it("keep answers as they are typed, on this device too, and hand in all of them", async () => {
    const calls = stubFetch([
      [/GET \/sessions\/current/, () => noSession],
      [/GET .*\/draft$/, () => ({ body: draft })],
      [/GET .*\/questions$/, () => ({ body: asked })],
      [/PUT .*\/draft$/, () => ({ status: 503, body: { status: 503 } })],
      [/POST .*\/submissions$/, () => ({ status: 201, body: { submission_id: 5, attempt: 1 } })],
    ]);
    const handedIn = vi.fn();
    await renderAt("/", <HandInForm assignment={assignment} onHandedIn={handedIn} />);
    const first = await screen.findByLabelText("Your answer to question 1");
    await waitFor(() => expect((first as HTMLInputElement).value).toBe("Par"));
    await userEvent.type(first, "is");
    await waitFor(() => expect(calls.some((call) => call.method === "PUT")).toBe(true), {
      timeout: 5000,
    });
    const kept = Object.entries(localStorage).find(([name]) => name.startsWith("lectern.draft"));
    expect(JSON.parse(String(kept?.[1])).answers).toEqual({ a: "Paris" });

    await userEvent.click(screen.getByRole("button", { name: "Hand in" }));
    await waitFor(() => expect(handedIn).toHaveBeenCalled());
    expect(calls.find((call) => call.method === "POST")?.body).toEqual({
      type: "questions",
      answers: { a: "Paris", b: "" },
    });
  });

  it("are written with their keys, upon the version that was read", async () => {
    const calls = stubFetch([[/PUT .*\/question-key$/, () => ({ body: { ...set, version: 4 } })]]);
    const done = vi.fn();
    await renderAt("/", <QuestionEditor assignmentId={10} courseId={1} set={set} onDone={done} />);
    await userEvent.type(screen.getByLabelText("Right answers"), "{enter}Lutetia");
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(done).toHaveBeenCalled());
    expect(calls[0]?.body).toEqual({
      version: 3,
      questions: [
        {
          question_id: "a",
          prompt: "The capital?",
          points: 2,
          key: {
            kind: "exact",
            exact: {
              accepted: ["Paris", "Lutetia"],
              ignore_case: true,
              ignore_space: true,
              ignore_accents: false,
            },
          },
        },
      ],
    });
  });

  it("show what a corrected key changes before it is saved, and judge anew when asked", async () => {
    const line = {
      user_id: 7,
      name: "Leo",
      mark_count: 1,
      score_before: 0,
      score_after: 2,
      posted: true,
      left: null,
    };
    const preview = {
      learner_count: 1,
      score_change_count: 1,
      told_count: 1,
      program_count: 0,
      lines: [line],
    };
    const calls = stubFetch([
      [/POST .*\/key-corrections\/preview$/, () => ({ body: preview })],
      [/PUT .*\/question-key$/, () => ({ body: { ...set, version: 4 } })],
      [/POST .*\/key-corrections$/, () => ({ status: 202, body: { key_correction_id: 1 } })],
    ]);
    const done = vi.fn();
    const used = { ...set, in_use: true };
    await renderAt(
      "/",
      <>
        <Link to="." search={{ elsewhere: 1 } as never}>
          Elsewhere
        </Link>
        <QuestionEditor assignmentId={10} courseId={1} set={used} onDone={done} />
      </>,
    );
    await userEvent.click(screen.getByLabelText("What was right before is right too"));
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    expect(await screen.findByText("0 → 2")).toBeTruthy();
    expect(calls.map((call) => call.method)).toEqual(["POST"]);

    // Looked at is not saved.
    await userEvent.click(within(screen.getByRole("dialog")).getByText("Cancel"));
    await userEvent.click(screen.getByRole("link", { name: "Elsewhere" }));
    await userEvent.click(await screen.findByText("Stay here"));
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    await screen.findByText("0 → 2");
    calls.shift();

    await userEvent.click(screen.getByRole("button", { name: "Save and judge anew" }));
    await waitFor(() => expect(calls).toHaveLength(3));
    expect(calls[1]?.body).toMatchObject({
      version: 3,
      questions: [{ also: [{ kind: "exact", exact: { accepted: ["Paris"] } }] }],
    });
    expect(calls[2]?.body).toEqual({ version: 4 });
    expect(done).not.toHaveBeenCalled();
  });
});
