import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { SimilarityScreen } from "../features/grading/similarity/similarity-screen";
import { SimilaritySettings } from "../features/grading/similarity/similarity-settings";
import { stubFetch } from "../lib/fetch-stub";
import { renderAt } from "./test-render";

const words = "the rain came nine days late to the farmers";

const match = {
  number: 1,
  source: "work:4",
  excluded: false,
  submission_id: 4,
  work: {
    user_id: 8,
    name: "Ada",
    attempt: 1,
    submitted_at: "2026-11-20T08:00:00Z",
    assignment_id: 2,
    assignment_title: "Essay",
    course_id: 5,
    course_title: "Weather",
  },
  title: null,
  address: null,
  matched_words: 9,
  passages: [{ here: { start: 0, end: 43 }, there: { start: 5, end: 48 } }],
};

const check = {
  submission_id: 9,
  assignment_id: 2,
  user_id: 7,
  name: "Lea",
  attempt: 1,
  state: "ready",
  share_percent: 75,
  words: 14,
  left_out_words: 2,
  matched_words: 9,
  unread: [{ number: 2, name: "plan.pdf", because: "kind" }],
  checked_at: "2026-11-20T08:00:00Z",
  own: false,
  text: `${words} and that is all`,
  left_out: [],
  matches: [match, { ...match, number: 2, source: "work:6", submission_id: null, work: null }],
};

const rest: Parameters<typeof stubFetch>[0] = [
  [/GET /, () => ({ status: 401, body: { status: 401 } })],
];

describe("a similarity report", () => {
  it("names files that were not read, and shows both texts of a source beside each other", async () => {
    stubFetch([
      [/GET .*\/similarity-check$/, () => ({ body: check })],
      [
        /GET .*\/similarity-matches\/4$/,
        () => ({ body: { submission_id: 4, text: `Once ${words}.`, left_out: [] } }),
      ],
      ...rest,
    ]);
    await renderAt("/", <SimilarityScreen submissionId={9} mayAsk />);
    await screen.findByRole("heading", { name: "Similarity 75%" });
    screen.getByText(/plan\.pdf: text is not read from this kind of file/);
    expect(document.body.textContent).not.toMatch(/plagiar/i);

    await userEvent.click(screen.getByRole("link", { name: /Ada/ }));
    const other = await screen.findByRole("region", { name: "The other work" });
    expect(within(other).getByText(words).tagName).toBe("MARK");
    await userEvent.keyboard("]");
    await screen.findByText(/work of a course that you do not grade/);
  });

  it("leaves a source out and shows what is counted since", async () => {
    const calls = stubFetch([
      [/GET .*\/similarity-check$/, () => ({ body: check })],
      [/GET .*\/similarity-matches\/4$/, () => ({ body: { text: words, left_out: [] } })],
      [
        /PUT .*\/similarity-exclusion$/,
        () => ({
          body: { ...check, share_percent: 0, matches: [{ ...match, excluded: true }] },
        }),
      ],
      ...rest,
    ]);
    await renderAt("/", <SimilarityScreen submissionId={9} mayAsk />);
    await userEvent.click(await screen.findByRole("link", { name: /Ada/ }));
    await userEvent.click(await screen.findByRole("button", { name: "Do not count this source" }));
    await screen.findByRole("heading", { name: "Similarity 0%" });
    screen.getByRole("button", { name: "Count this source" });
    expect(calls.find((call) => call.method === "PUT")?.body).toEqual({
      source: "work:4",
      excluded: true,
    });
  });
});

describe("the settings", () => {
  it("are saved as a whole upon the version that was seen", async () => {
    const policy = {
      enabled: false,
      reach: "assignment",
      without_quotations: true,
      template: "",
      shown_to_learners: "never",
      version: 3,
    };
    let now = policy;
    const calls = stubFetch([
      [/GET .*\/similarity-policy$/, () => ({ body: now })],
      [
        /PUT .*\/similarity-policy$/,
        () => {
          now = { ...policy, enabled: true, version: 4 };
          return { body: now };
        },
      ],
      ...rest,
    ]);
    await renderAt("/", <SimilaritySettings assignmentId={2} base="/courses/5/assignments/2" />);
    await userEvent.click(await screen.findByRole("checkbox", { name: /Compare handed-in work/ }));
    await userEvent.selectOptions(
      screen.getByRole("combobox", { name: /Learners see/ }),
      "after_due",
    );
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    await screen.findByRole("link", { name: "See similarity" });
    expect(calls.find((call) => call.method === "PUT")?.body).toEqual({
      ...policy,
      enabled: true,
      shown_to_learners: "after_due",
    });
  });
});
