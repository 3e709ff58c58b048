import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { median, usePace } from "./use-pace";

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers();
});

afterEach(() => vi.useRealTimers());

const seconds = (count: number) => act(() => vi.advanceTimersByTime(count * 1000));

describe("one's own pace", () => {
  it("counts only while somebody wants it and does something, and says of nobody's work", () => {
    const { result, rerender } = renderHook(({ piece }) => usePace("1.7", piece), {
      initialProps: { piece: 41 },
    });
    seconds(5);
    expect(result.current.seconds).toBe(0);

    act(() => result.current.show(true));
    seconds(30);
    expect(result.current.seconds).toBe(30);
    rerender({ piece: 42 });
    // Away after a minute: the rest does not count.
    seconds(600);
    expect(result.current.seconds).toBeLessThanOrEqual(60);
    act(() => void window.dispatchEvent(new Event("keydown")));
    seconds(10);
    rerender({ piece: 43 });

    expect(result.current.pieces).toBe(2);
    expect(JSON.parse(localStorage.getItem("lectern.pace.1.7") ?? "{}").seconds).toEqual([
      30,
      expect.any(Number),
    ]);
    expect(localStorage.getItem("lectern.pace.1.7")).not.toContain("41");
    act(() => result.current.forget());
    expect([result.current.pieces, result.current.usual]).toEqual([0, null]);
  });

  it("is the middle of what was, which one long piece moves little", () => {
    expect([median([]), median([3]), median([9000, 60, 70]), median([1, 4, 2, 3])]).toEqual([
      null,
      3,
      70,
      2.5,
    ]);
  });
});
