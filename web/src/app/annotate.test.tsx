import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { NotesOnWork } from "../features/grading/annotate/notes-on-work";
import { WorkPane } from "../features/grading/annotate/work-pane";
import type { Submission } from "../features/grading/api";
import { stubFetch } from "../lib/fetch-stub";
import { renderAt } from "./test-render";

const work = {
  submission_id: 5,
  attempt: 1,
  body_text: "First line\r\nSecond line",
  url: null,
  files: [
    {
      file_id: 9,
      name: "page.svg",
      content_type: "image/svg+xml",
      size_bytes: 60,
      url: "files/9/content",
    },
  ],
  submitted_at: "2026-11-22T10:00:00Z",
  late: false,
} as unknown as Submission;

interface Made {
  annotation_id: number;
  version: number;
  body: string;
}

/** A server that keeps what is marked. */
function server(notes: Made[] = []) {
  let next = 100;
  const calls = stubFetch([
    [
      /GET \/sessions\/current/,
      () => ({ body: { user: { user_id: 3 }, permissions: [], roles: [] } }),
    ],
    [/GET \/submissions\/5\/annotations/, () => ({ body: { items: notes, next: null } })],
    [
      /POST \/submissions\/5\/annotations/,
      ({ body }) => {
        const { kind, selector, file_id } = body as {
          kind: string;
          selector: object[];
          file_id: null;
        };
        const note = {
          annotation_id: next++,
          submission_id: 5,
          file_id,
          page: null,
          kind,
          body: "",
          quote: (selector[1] as { exact?: string })?.exact ?? null,
          author_id: 3,
          author_name: "Ines",
          changed_at: "2026-11-23T10:00:00Z",
          version: 1,
          annotation: { target: { selector } },
        };
        notes.push(note);
        return { status: 201, body: note };
      },
    ],
    [
      /PUT \/annotations\/(\d+)/,
      ({ path, body }) => {
        const said = body as { body: string };
        const at = notes.findIndex((one) => path.endsWith(`/${one.annotation_id}`));
        const was = notes[at] as Made;
        notes[at] = { ...was, body: said.body, version: was.version + 1 };
        return { body: notes[at] };
      },
    ],
    [
      /DELETE \/annotations\/(\d+)/,
      ({ path }) => {
        const id = Number(/annotations\/(\d+)/.exec(path)?.[1]);
        const gone = notes.find((one) => one.annotation_id === id) as Made;
        notes.splice(notes.indexOf(gone), 1);
        return { body: { ...gone, version: gone.version + 1 } };
      },
    ],
    [/GET .*files\/9\/content/, () => ({ body: { not: "run" } })],
  ]);
  return { calls, notes };
}

beforeEach(() => {
  Element.prototype.scrollIntoView = () => {};
});

describe("notes on work", () => {
  it("marks a line by keys alone and keeps its words as they are typed", async () => {
    const user = userEvent.setup();
    const { calls, notes } = server();
    await renderAt("/", <WorkPane submission={work} editable />);
    const text = await screen.findByRole("group", { name: /^What was typed/ });
    text.focus();
    await user.keyboard("{ArrowDown}{ArrowDown}h");
    const words = await screen.findByRole("textbox", { name: "Note" });
    await waitFor(() => expect(document.activeElement).toBe(words));
    expect(calls.find((call) => call.method === "POST")?.body).toEqual({
      file_id: null,
      kind: "highlight",
      selector: [
        { type: "TextPositionSelector", start: 11, end: 22 },
        { type: "TextQuoteSelector", exact: "Second line", prefix: "First line\n", suffix: "" },
      ],
    });
    expect(document.querySelector("mark")?.textContent).toBe("Second line");
    await user.type(words, "Why?");
    await waitFor(() => expect(notes[0]?.body).toBe("Why?"), { timeout: 10_000 });
    await user.keyboard("{Escape}");
    expect(screen.getByRole("button", { name: /Highlight.*Second line/ })).toBe(
      document.activeElement,
    );
    await user.click(screen.getByRole("button", { name: "Take this note away" }));
    await screen.findByText("No notes");
    expect(document.querySelector("mark")).toBeNull();
  });

  it("walks through notes with n and p, read only for a learner, and never inlines SVG", async () => {
    const user = userEvent.setup();
    const note = (id: number, exact: string, start: number) => ({
      annotation_id: id,
      submission_id: 5,
      file_id: null,
      page: null,
      kind: "highlight",
      body: `About ${exact}`,
      quote: exact,
      author_id: 3,
      author_name: "Ines",
      version: 1,
      annotation: {
        target: {
          selector: [
            { type: "TextPositionSelector", start, end: start + exact.length },
            { type: "TextQuoteSelector", exact },
          ],
        },
      },
    });
    server([note(1, "First", 0), note(2, "Second", 11)]);
    await renderAt("/", <NotesOnWork submission={work} />);
    fireEvent.click(await screen.findByRole("button", { name: "See 2 notes on this work" }));
    await screen.findByText("About Second");
    expect(screen.queryByRole("textbox")).toBeNull();
    await user.keyboard("n");
    expect(document.activeElement?.textContent).toContain("First");
    await user.keyboard("n");
    expect(document.activeElement?.textContent).toContain("Second");
    await user.keyboard("p");
    expect(document.activeElement?.textContent).toContain("First");
    expect(document.querySelector("mark[data-active]")?.textContent).toBe("First");
    expect(document.querySelector("img")).toBeNull();
    expect(screen.getByRole("group", { name: "page.svg" }).textContent).toContain('{"not":"run"}');
  });
});
