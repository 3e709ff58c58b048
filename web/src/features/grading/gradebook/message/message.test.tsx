import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { stubFetch } from "../../../../lib/fetch-stub";
import { startI18n } from "../../../../lib/i18n";
import { flag, type Gradebook } from "../../grades-api";
import { GradebookModel } from "../gradebook-model";
import { MessageDialog } from "./message-dialog";
import message from "./messages/en.json";
import { type Criterion, recipientsOf } from "./recipients";

const t = { current: null, final: null, current_letter: null, final_letter: null };
const students = ["Ada", "Ben", "Cem", "Dee"].map((name, at) => ({
  user_id: at + 1,
  name,
  sortable_name: name,
  section_ids: [at < 2 ? 10 : 20],
}));

function modelOf(anonymous = false): GradebookModel {
  const flags = [
    flag.submitted | flag.posted,
    flag.submitted | flag.late,
    flag.missing,
    flag.excused,
  ];
  const scores = [8, 3, null, null];
  const model = new GradebookModel();
  model.load(
    {
      version: 1,
      structure_version: 1,
      calculator_version: 1,
      refolding: false,
      students,
      groups: [],
      assignments: [
        {
          assignment_id: 5,
          title: "Essay",
          points_possible: 10,
          group_id: 1,
          due_at: null,
          status: "published",
          anonymous,
        },
      ],
      rows: students.map(({ user_id }, at) => ({
        u: user_id,
        s: [scores[at] ?? null],
        f: [flags[at] ?? 0],
        v: [1],
        t,
      })),
    } as Gradebook,
    "en",
  );
  return model;
}

const view = (filters: object) => ({
  name: "Mine",
  filters: { search: null, section_id: null, group_id: null, state: null, order: null, ...filters },
  shared: false,
  mine: true,
  owner_id: 1,
  owner_name: "Ines",
});

function names(among: string, criterion: Criterion = "everybody", under = "", hidden = false) {
  const model = modelOf(hidden);
  const shown = model.students.slice(0, 3);
  const views = [view({ section_id: 20 }), view({ state: "late" })] as never;
  const wish = { among, assignmentId: 5, criterion, under };
  const from = { selected: model.students.slice(1, 2), shown, views };
  return recipientsOf(model, from, wish).map((one) => one.name);
}

describe("recipientsOf", () => {
  it.each([
    ["shown", "everybody", "", ["Ada", "Ben", "Cem"]],
    ["selected", "everybody", "", ["Ben"]],
    ["0", "everybody", "", ["Cem", "Dee"]],
    ["1", "everybody", "", ["Ben"]],
    ["everybody", "notHandedIn", "", ["Cem"]],
    ["everybody", "under", "8", ["Ben"]],
    ["everybody", "under", "8,5", ["Ada", "Ben"]],
    ["everybody", "under", "", []],
    ["everybody", "late", "", ["Ben"]],
    ["everybody", "missing", "", ["Cem"]],
    ["everybody", "hidden", "", ["Ben"]],
  ] as const)("finds of %s who %s %s", (among, criterion, under, wanted) => {
    expect(names(among, criterion, under)).toEqual(wanted);
  });

  it("asks nothing of work that is graded without names", () => {
    expect(names("everybody", "late", "", true)).toHaveLength(4);
  });
});

describe("MessageDialog", () => {
  beforeAll(() => startI18n("en", async () => ({ message })));
  beforeEach(() => localStorage.clear());

  function open() {
    const model = modelOf();
    const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
    client.setQueryData(["session"], { user: { user_id: 9 } });
    let closed = 0;
    const shown = render(
      <QueryClientProvider client={client}>
        <MessageDialog
          courseId={3}
          model={model}
          shown={model.students}
          assignmentId={5}
          onClose={() => {
            closed += 1;
          }}
        />
      </QueryClientProvider>,
    );
    return { ...shown, closed: () => closed };
  }

  const fill = (label: string, value: string) =>
    fireEvent.change(screen.getByLabelText(label), { target: { value } });

  it("keeps what was written, leaves out who is unticked and sends the same once", async () => {
    let answers = 0;
    const calls = stubFetch([
      [/gradebook-views/, () => ({ body: { items: [] } })],
      [
        /learner-messages$/,
        () => {
          answers += 1;
          return answers === 1
            ? { status: 503, body: { code: "database_unavailable", detail: "Away" } }
            : { body: { sent: 3 } };
        },
      ],
    ]);
    const first = open();
    fill("Subject", "Hello");
    fill("Message", "Dear {name}");
    first.unmount();

    const again = open();
    expect(screen.getByLabelText<HTMLInputElement>("Subject").value).toBe("Hello");
    fill("Who", "everybody");
    fireEvent.click(screen.getByLabelText("Ben"));
    fireEvent.click(screen.getByRole("button", { name: "Send to 3 learners" }));
    await waitFor(() => expect(screen.getByRole("alert")).toBeTruthy());
    fireEvent.click(screen.getByRole("button", { name: "Send to 3 learners" }));
    await waitFor(() => expect(again.closed()).toBe(1));

    const [one, other] = calls.filter((call) => call.method === "POST");
    expect(one?.body).toEqual({
      subject: "Hello",
      body: "Dear {name}",
      assignment_id: 5,
      user_ids: [1, 3, 4],
    });
    expect(other?.headers["Idempotency-Key"]).toBe(one?.headers["Idempotency-Key"]);
    expect(localStorage.length).toBe(0);
  });

  it("shows the message as one of them reads it, until it changes", async () => {
    stubFetch([
      [/gradebook-views/, () => ({ body: { items: [] } })],
      [/preview$/, ({ body }) => ({ body: { subject: "S", body: JSON.stringify(body) } })],
    ]);
    open();
    fill("Message", "x");
    fireEvent.click(screen.getByRole("button", { name: "Preview" }));
    await screen.findByText(/"user_ids":\[3\]/);
    fill("Message", "y");
    expect(screen.queryByText(/"user_ids"/)).toBeNull();
  });
});
