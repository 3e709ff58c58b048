import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { PeerAllocation } from "../features/grading/peers/peer-allocation";
import type { PeerPlan } from "../features/grading/peers/peers-api";
import { ReceivedReviews } from "../features/grading/peers/received-reviews";
import { ReviewDesk } from "../features/grading/peers/review-desk";
import { stubFetch } from "../lib/fetch-stub";
import { renderAt } from "./test-render";

const rubric = {
  rubric_id: 1,
  course_id: 3,
  title: "Essay",
  version: 1,
  newest_version: 1,
  points_possible: 5,
  criteria: [
    {
      criterion_id: "clarity",
      description: "Clarity",
      long_description: "",
      points: 5,
      ratings: [
        { rating_id: "full", description: "Clear", points: 5 },
        { rating_id: "none", description: "Not", points: 0 },
      ],
      ranges: false,
      free_comments: false,
      scoring: true,
    },
  ],
};

const assessment = (points: number | null) => ({
  rubric,
  total_is_score: true,
  made_with_version: 1,
  criteria:
    points === null
      ? []
      : [{ criterion_id: "clarity", points, rating_id: "full", comment: null, version: 0 }],
  total: points,
  complete: points !== null,
  grade_version: 0,
});

const review = {
  peer_review_id: 9,
  assignment_id: 7,
  title: "Essay",
  kind: "peer",
  author_name: "Learner 4F7K2P",
  reviewer_name: null,
  work: {
    submission_id: 4,
    assignment_id: 7,
    user_id: 0,
    attempt: 1,
    type: "text",
    body_text: "What I wrote.",
    url: null,
    files: [],
    submitted_at: "2026-11-20T08:00:00Z",
    due_at: null,
    late: false,
    seconds_late: 0,
    receipt: { number: "", submitted_at: "2026-11-20T08:00:00Z", attempt: 1, sha256: "" },
    group: null,
  },
  assessment: assessment(null),
  by_comments: true,
  comment: "",
  reviews_due_at: "2030-11-27T08:00:00Z",
  saved_at: null,
  handed_in_at: null,
  closed_because: null,
  version: 1,
};

describe("peer review", () => {
  it("saves what is chosen and written by itself, upon the version before, and hands it in", async () => {
    let version = 1;
    let comment = "";
    let points: number | null = null;
    const calls = stubFetch([
      [/GET .*\/peer-reviews\/9$/, () => ({ body: review })],
      [
        /PUT .*\/peer-reviews\/9$/,
        (call) => {
          const sent = call.body as { comment?: string; criteria?: object; hand_in?: boolean };
          version += 1;
          if (sent.criteria) points = 5;
          comment = sent.comment ?? comment;
          const at = "2026-11-21T08:00:00Z";
          return {
            body: {
              assessment: assessment(points),
              comment,
              saved_at: at,
              handed_in_at: sent.hand_in ? at : null,
              version,
            },
          };
        },
      ],
      [/GET /, () => ({ status: 401, body: { status: 401 } })],
    ]);
    await renderAt("/", <ReviewDesk id={9} />);
    await screen.findByText("What I wrote.");
    await userEvent.click(screen.getByRole("button", { name: /Clear/ }));
    await userEvent.type(screen.getByRole("textbox"), "Good.");
    await userEvent.click(screen.getByRole("button", { name: "Hand in review" }));
    await screen.findByText(/It can be changed until then/);
    const sent = calls.filter((call) => call.method === "PUT").map((call) => call.body);
    expect(sent[0]).toMatchObject({
      version: 1,
      rubric_version: 1,
      criteria: [{ criterion_id: "clarity", points: 5, rating_id: "full" }],
    });
    expect(sent.at(-1)).toMatchObject({ comment: "Good.", hand_in: true, version: version - 1 });
    // What graders marked is asked for by nobody here.
    expect(calls.some((call) => call.path.includes("annotations"))).toBe(false);
  });

  it("asks whose words stay when another window wrote others", async () => {
    stubFetch([
      [/GET .*\/peer-reviews\/9$/, () => ({ body: review })],
      [
        /PUT .*\/peer-reviews\/9$/,
        () => ({
          status: 409,
          body: {
            status: 409,
            code: "conflict",
            detail: "Another window.",
            current: {
              assessment: assessment(null),
              comment: "From my phone",
              saved_at: "2026-11-21T08:00:00Z",
              handed_in_at: null,
              version: 3,
            },
          },
        }),
      ],
      [/GET /, () => ({ status: 401, body: { status: 401 } })],
    ]);
    await renderAt("/", <ReviewDesk id={9} />);
    await userEvent.type(await screen.findByRole("textbox"), "x");
    await screen.findByText(/From my phone/, undefined, { timeout: 5_000 });
    await userEvent.click(screen.getByRole("button", { name: /theirs/i }));
    await waitFor(() =>
      expect(screen.getByRole<HTMLTextAreaElement>("textbox").value).toBe("From my phone"),
    );
  });

  it("says what does not come out even before anything is handed out", async () => {
    stubFetch([
      [
        /GET .*\/peer-allocation$/,
        () => ({
          body: {
            works: 2,
            reviewers: 2,
            standing: 0,
            added: 2,
            per_work: { fewest: 1, most: 1 },
            per_reviewer: { fewest: 1, most: 1 },
            findings: [{ issue: "too_few_works", count: 2, because: "…" }],
          },
        }),
      ],
      [/GET /, () => ({ status: 401, body: { status: 401 } })],
    ]);
    const plan = { assignment_id: 7, version: 1, allocated_at: null, allocates_at: null };
    await renderAt("/", <PeerAllocation plan={plan as PeerPlan} />);
    await screen.findByText(/2 reviews would be added for 2 works/);
    screen.getByText(/There are only 2 works/);
  });

  it("shows authors nothing before its time, and says what they wait for", async () => {
    stubFetch([
      [
        /GET .*\/peer-reviews\/received$/,
        () => ({
          body: {
            waits: "own_reviews",
            reviews_due_at: "2026-11-27T08:00:00Z",
            owed: 2,
            items: [],
          },
        }),
      ],
      [/GET /, () => ({ status: 401, body: { status: 401 } })],
    ]);
    await renderAt("/", <ReceivedReviews assignmentId={7} />);
    await screen.findByText(/once you have handed in the 2 reviews you still owe/);
  });
});
