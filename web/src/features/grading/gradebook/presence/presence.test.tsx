import { act, cleanup, render, screen } from "@testing-library/react";
import i18next from "i18next";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { startI18n } from "../../../../lib/i18n";
import type { GradebookAssignment, GradebookStudent } from "../../grades-api";
import { labelsOf } from "../../policy/use-labels";
import { CellGraderMarks, presenceWords } from "./cell-graders";
import { GraderList } from "./grader-list";
import presence from "./messages/en.json";
import { MoveTeller } from "./move-teller";
import { type GraderPlace, initials, type OtherGrader, PresenceModel } from "./presence-model";

const t = i18next.t.bind(i18next);
const at = (typing: boolean): GraderPlace => ({ user_id: 7, assignment_id: 3, typing });
const grader = (id: number, name: string, place: GraderPlace | null = null): OtherGrader => ({
  user_id: id,
  name,
  place,
});
const event = (people: OtherGrader[], more = 0) => JSON.stringify({ people, more });

beforeAll(() => startI18n("en", async () => ({ presence })));
afterEach(cleanup);

describe("PresenceModel", () => {
  it("keeps a line as it was while nothing there changes", () => {
    const others = new PresenceModel();
    others.hear(event([grader(1, "Theo Tutor", at(false))]));
    const line = others.line(7);
    others.hear(event([grader(1, "Theo Tutor", at(false)), grader(2, "Ida")]));
    expect(others.line(7)).toBe(line);
    others.hear(event([grader(1, "Theo Tutor", at(true))]));
    expect(others.line(7)).not.toBe(line);
    expect(others.at(7, 3).map((one) => one.name)).toEqual(["Theo Tutor"]);
    others.hear("");
    expect(others.people).toEqual([]);
    expect(others.line(7)).toEqual([]);
  });

  it("draws nobody where only the column is said", () => {
    const others = new PresenceModel();
    others.hear(event([grader(1, "Theo", { user_id: null, assignment_id: 3, typing: false })]));
    expect(others.at(7, 3)).toEqual([]);
  });

  it.each([
    ["Theo Tutor", "TT"],
    ["ada", "A"],
    ["  Ana María de la Cruz ", "AC"],
    ["", ""],
    ["𝒳 Ω", "𝒳Ω"],
  ])("shortens %j to %j", (name, short) => expect(initials(name)).toBe(short));
});

describe("the marks in a cell", () => {
  const speech = { t, locale: "en", labels: labelsOf(undefined, t) };

  it("says who is typing before who is only there", () => {
    const graders = [grader(1, "Ida Idle", at(false)), grader(2, "Theo Tutor", at(true))];
    render(<CellGraderMarks graders={graders} speech={speech} />);
    expect(screen.getByText("Theo Tutor is editing this cell")).toBeTruthy();
    expect(presenceWords([grader(1, "Ida Idle", at(false))], t)).toBe("Ida Idle is at this cell");
  });

  it("draws nothing where nobody is", () => {
    const { container } = render(<CellGraderMarks graders={[]} speech={speech} />);
    expect(container.innerHTML).toBe("");
  });
});

describe("GraderList", () => {
  it("names five, counts the others and goes to a cell", () => {
    const others = new PresenceModel();
    const jump = vi.fn();
    const students = [{ user_id: 7, name: "Ada" }] as GradebookStudent[];
    const assignments = [{ assignment_id: 3, title: "Essay" }] as GradebookAssignment[];
    render(
      <GraderList others={others} students={students} assignments={assignments} onJump={jump} />,
    );
    expect(screen.queryByRole("list")).toBeNull();
    const names = ["Theo Tutor", "B", "C", "D", "E", "F", "G"];
    act(() =>
      others.hear(
        event(
          names.map((name, id) => grader(id, name, id === 0 ? at(true) : null)),
          1,
        ),
      ),
    );
    expect(screen.getAllByRole("button")).toHaveLength(5);
    expect(screen.getByText("and 3 more")).toBeTruthy();
    screen.getByRole("button", { name: "Theo Tutor: typing at Ada, Essay" }).click();
    expect(jump).toHaveBeenCalledWith({ userId: 7, assignmentId: 3 });
    screen.getByRole("button", { name: "B: has this gradebook open" }).click();
    expect(jump).toHaveBeenCalledTimes(1);
  });
});

describe("MoveTeller", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("tells at once, then the latest only, and again now and then", async () => {
    const told: (GraderPlace | null)[] = [];
    const teller = new MoveTeller(async (place) => void told.push(place));
    teller.move(at(false));
    expect(told).toEqual([]);
    teller.start();
    await vi.advanceTimersByTimeAsync(0);
    for (let i = 0; i < 20; i += 1) teller.move({ ...at(false), user_id: i + 1 });
    teller.move(at(true));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(told).toEqual([at(false), at(true)]);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(told).toHaveLength(3);
    teller.stop();
    teller.move(null);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told).toHaveLength(3);
  });

  it("goes on after it could not tell", async () => {
    const tell = vi.fn().mockRejectedValue(new Error("away"));
    const teller = new MoveTeller(tell);
    teller.start();
    await vi.advanceTimersByTimeAsync(500);
    teller.move(at(false));
    await vi.advanceTimersByTimeAsync(500);
    expect(tell).toHaveBeenCalledTimes(2);
    teller.stop();
  });
});
