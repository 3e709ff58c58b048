import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { ByQuestionScreen } from "../features/grading/questions/by-question/by-question-screen";
import { KeyView } from "../features/grading/questions/by-question/key-view";
import type { Question } from "../features/grading/questions/questions-api";
import { stubFetch } from "../lib/fetch-stub";
import { renderAt } from "./test-render";

const question = {
  question_id: "why",
  prompt: "Why?",
  points: 5,
  key: { kind: "free_text", free_text: { guidance: "Two reasons." } },
};

interface Mark {
  submission_id: number;
  score: number | null;
  feedback: string;
  version: number;
}

/** A server with up to three groups of answers: the first was given by two learners. */
function server(count = 3) {
  const groups = new Map<string, { answer: string; marks: Mark[] }>();
  const fresh = (id: number): Mark => ({
    submission_id: id,
    score: null,
    feedback: "",
    version: 1,
  });
  groups.set("k1", { answer: "Because.", marks: [fresh(1), fresh(2)] });
  groups.set("k2", { answer: "So what?", marks: [fresh(3)] });
  groups.set("k3", { answer: "", marks: [fresh(4)] });
  for (const key of [...groups.keys()].slice(count)) groups.delete(key);
  const laidOut = (key: string) => {
    const { answer, marks } = groups.get(key) as { answer: string; marks: Mark[] };
    const waiting = marks.filter((mark) => mark.score === null).length;
    return {
      answer_key: key,
      answer,
      waiting,
      judged: marks.length - waiting,
      marks: marks.map((mark) => ({ ...mark })),
      learners: marks.map((mark) => ({
        user_id: mark.submission_id,
        name: `L${mark.submission_id}`,
      })),
      held_by: null,
    };
  };
  let meanwhile = false;
  const calls = stubFetch([
    [/GET \/sessions\/current/, () => ({ status: 401, body: { status: 401 } })],
    [/GET \/assignments\/7$/, () => ({ body: { assignment_id: 7, course_id: 1, title: "Quiz" } })],
    [/GET .*\/question-key$/, () => ({ body: { version: 1, questions: [question] } })],
    [
      /GET .*\/question-marks$/,
      () => ({
        body: {
          items: [{ question_id: "why", judged: 41, waiting: 79, held_by_others: 0 }],
          next: null,
        },
      }),
    ],
    [
      /POST .*\/answer-claims/,
      ({ body }) => {
        const { known } = body as { known: string[] };
        const open = [...groups.keys()].filter((key) => laidOut(key).waiting > 0);
        return {
          body: {
            claims: open.map((key) => ({
              answer_key: key,
              group: known.includes(key) ? null : laidOut(key),
            })),
            progress: { question_id: "why", judged: 41, waiting: 79, held_by_others: 0 },
          },
        };
      },
    ],
    [
      /GET .*\/answer-claims\/(k\d)/,
      ({ path }) => ({ body: laidOut(path.split("/")[4]?.slice(0, 2) ?? "") }),
    ],
    [/DELETE .*\/answer-claims/, () => ({ status: 204 })],
    [
      /PUT .*\/question-marks/,
      ({ body }) => {
        const said = body as { score: number | null; feedback: string; marks: Mark[] };
        const all = [...groups.values()].flatMap((group) => group.marks);
        const meant = said.marks.map(
          (one) => all.find((mark) => mark.submission_id === one.submission_id) as Mark,
        );
        if (meanwhile) {
          meanwhile = false;
          for (const mark of meant) {
            Object.assign(mark, { score: 1, feedback: "Short.", version: mark.version + 1 });
          }
          const current = meant.map((mark) => ({ ...mark }));
          return { status: 409, body: { status: 409, code: "conflict", current } };
        }
        for (const mark of meant) {
          const { score, feedback } = said;
          Object.assign(mark, { score, feedback, version: mark.version + 1 });
        }
        return { body: { marks: meant.map((mark) => ({ ...mark })) } };
      },
    ],
  ]);
  return {
    claims: () => calls.filter((call) => call.method === "POST").length,
    saved: () => calls.filter((call) => call.method === "PUT").map((call) => call.body),
    interfere: () => {
      meanwhile = true;
    },
  };
}

const heading = (name: string) => screen.findByRole("heading", { name });
const open = () => renderAt("/?question=why", <ByQuestionScreen assignmentId={7} />);

beforeEach(() => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
});

describe("grading by question", () => {
  it("marks equal answers at once by keys alone, and takes them back", async () => {
    const user = userEvent.setup();
    const { saved } = server();
    await open();
    await heading("Given by 2 learners");
    expect(screen.getByText("Because.")).toBeTruthy();
    expect(screen.getByText("Two reasons.")).toBeTruthy();
    expect(screen.getByText("41 of 120 judged")).toBeTruthy();
    await user.keyboard("c");
    await user.keyboard("One is missing.{Escape}");
    await user.keyboard("4.5{Enter}");
    await heading("L3");
    expect(saved()[0]).toEqual({
      question_id: "why",
      score: 4.5,
      feedback: "One is missing.",
      marks: [
        { submission_id: 1, version: 1 },
        { submission_id: 2, version: 1 },
      ],
    });

    await user.keyboard(".");
    expect(screen.getByLabelText("Feedback")).toHaveProperty("value", "One is missing.");
    await user.keyboard("{Escape}u");
    await user.click(await screen.findByText("Leave"));
    await heading("Given by 2 learners");
    expect(saved()[1]).toEqual({
      question_id: "why",
      score: null,
      feedback: "",
      marks: [
        { submission_id: 1, version: 2 },
        { submission_id: 2, version: 2 },
      ],
    });
  });

  it("shows what somebody else gave meanwhile, and overwrites nothing unasked", async () => {
    const user = userEvent.setup();
    const { saved, interfere } = server();
    await open();
    await heading("Given by 2 learners");
    interfere();
    await user.keyboard("3{Enter}");
    await screen.findByText(/2 of these answers were marked meanwhile, with 1\./);
    await user.click(screen.getByRole("button", { name: "Keep mine" }));
    await heading("L3");
    expect(saved()[1]).toMatchObject({
      score: 3,
      marks: [
        { submission_id: 1, version: 2 },
        { submission_id: 2, version: 2 },
      ],
    });
    await user.keyboard("k");
    await heading("Given by 2 learners");
    await waitFor(() => expect(screen.getByLabelText("Points, of 5")).toHaveProperty("value", "3"));

    // What the other grader gave stands again.
    await user.keyboard("u");
    await waitFor(() =>
      expect(saved()[2]).toMatchObject({
        score: 1,
        feedback: "Short.",
        marks: [
          { submission_id: 1, version: 3 },
          { submission_id: 2, version: 3 },
        ],
      }),
    );
  });

  it("takes nobody's marks away by an emptied field", async () => {
    const user = userEvent.setup();
    const { saved, interfere } = server();
    await open();
    await heading("Given by 2 learners");
    interfere();
    await user.keyboard("3{Enter}");
    await screen.findByText(/2 of these answers were marked meanwhile, with 1\./);
    await user.clear(screen.getByLabelText("Points, of 5"));
    await user.click(screen.getByRole("button", { name: "Keep mine" }));
    await screen.findByText("Write a number of points.");
    expect(saved()).toHaveLength(1);
  });

  it("brings the only answers that wait again when they were passed over", async () => {
    const user = userEvent.setup();
    const { claims } = server(1);
    await open();
    await heading("Given by 2 learners");
    await waitFor(() => expect(claims()).toBeGreaterThan(1));
    const before = claims();
    await user.keyboard("j");
    await waitFor(() => expect(claims()).toBeGreaterThan(before + 1));
    await heading("Given by 2 learners");
    expect(screen.queryByText("No answer to this question waits for you")).toBeNull();
  });

  it("asks before typed marks are left, for other answers and by a link", async () => {
    const user = userEvent.setup();
    const { saved } = server();
    await open();
    await heading("Given by 2 learners");
    await user.keyboard("c");
    await user.keyboard("One is missing.{Escape}j");
    await user.click(await screen.findByText("Stay here"));
    await heading("Given by 2 learners");
    expect(screen.getByLabelText("Feedback")).toHaveProperty("value", "One is missing.");
    await user.click(screen.getByRole("link", { name: "All questions" }));
    await user.click(await screen.findByText("Stay here"));
    expect(screen.getByLabelText("Feedback")).toHaveProperty("value", "One is missing.");
    await user.click(screen.getByRole("button", { name: "Next answer (j)" }));
    await user.click(await screen.findByText("Leave"));
    await heading("L3");
    expect(saved()).toEqual([]);
  });

  it("shows all that is right: how far off, every unit, earlier keys", async () => {
    const numeric = {
      value: "9.81",
      tolerance: "2",
      tolerance_percent: true,
      units: ["m/s²", "N/kg"],
    };
    const also = [{ kind: "exact", exact: { accepted: ["ten"] } }];
    const of = { ...question, key: { kind: "numeric", numeric }, also, credit_all: true };
    await renderAt("/", <KeyView question={of as unknown as Question} />);
    expect(screen.getByText("9.81 ± 2 % m/s² / N/kg")).toBeTruthy();
    expect(screen.getByText("ten")).toBeTruthy();
    expect(screen.getByText("Everybody has the points")).toBeTruthy();
  });

  it("refuses what is no number of points before anything is sent", async () => {
    const user = userEvent.setup();
    const { saved } = server();
    await open();
    await heading("Given by 2 learners");
    await user.keyboard("g");
    await user.keyboard("ten{Enter}");
    await screen.findByText("Write a number of points.");
    expect(saved()).toEqual([]);
  });

  it("lists the questions with how far each has come", async () => {
    server();
    await renderAt("/", <ByQuestionScreen assignmentId={7} />);
    expect(await screen.findByText("41 of 120 judged")).toBeTruthy();
    expect(screen.getByText("79 wait")).toBeTruthy();
  });
});
