import { act, renderHook } from "@testing-library/react";
import { beforeAll, beforeEach, expect, it, vi } from "vitest";
import { startI18n } from "../../../../lib/i18n";
import presence from "./messages/en.json";
import { type GraderPlace, PresenceModel } from "./presence-model";
import { useCellPresence } from "./use-cell-presence";

const announce = vi.hoisted(() => vi.fn());
vi.mock("../../../../lib/announce", () => ({ announce }));

beforeAll(() => startI18n("en", async () => ({ presence })));
beforeEach(() => announce.mockClear());

function begin(userId: number) {
  const others = new PresenceModel();
  const moves: (GraderPlace | null)[] = [];
  const own = { others, move: (at: GraderPlace | null) => void moves.push(at) };
  const hook = renderHook(
    ({ at, editing }) =>
      useCellPresence(own, at ? { userId: at, assignmentId: 3 } : undefined, editing),
    { initialProps: { at: userId, editing: false } },
  );
  const type = (...names: string[]) =>
    act(() =>
      others.hear(
        JSON.stringify({
          people: names.map((name, at) => ({
            user_id: at,
            name,
            place: { user_id: 7, assignment_id: 3, typing: true },
          })),
          more: 0,
        }),
      ),
    );
  return { ...hook, moves, type };
}

it("says once who begins to type in the cell that has the focus", () => {
  const { type } = begin(7);
  type("Theo");
  type("Theo");
  expect(announce.mock.calls).toEqual([["Theo is editing this cell"]]);
  type();
  type("Theo");
  expect(announce).toHaveBeenCalledTimes(2);
});

it("says nothing by itself when the focus comes to such a cell, which is said with its value", () => {
  const { type, rerender, result } = begin(8);
  type("Theo");
  rerender({ at: 7, editing: false });
  expect(announce).not.toHaveBeenCalled();
  expect(result.current.words({ userId: 7, assignmentId: 3 })).toBe("Theo is editing this cell");
});

it("tells others of the focus, of typing, and that it left", () => {
  const { rerender, moves } = begin(7);
  rerender({ at: 7, editing: true });
  rerender({ at: 0, editing: false });
  const at = { user_id: 7, assignment_id: 3, typing: false };
  expect(moves).toEqual([at, { ...at, typing: true }, null]);
});
