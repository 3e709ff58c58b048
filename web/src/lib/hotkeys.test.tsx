import { fireEvent, render, screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { type Hotkeys, useHotkeys } from "./hotkeys";

function Page({ hotkeys }: { hotkeys: Hotkeys }) {
  useHotkeys(hotkeys);
  return <input aria-label="Score" />;
}

describe("keys", () => {
  it("follow each other only where nothing was typed between", () => {
    const [both, comment] = [vi.fn(), vi.fn()];
    render(<Page hotkeys={{ "g c": both, c: comment }} />);
    fireEvent.keyDown(document.body, { key: "g" });
    fireEvent.keyDown(document.body, { key: "c" });
    expect(both).toHaveBeenCalledTimes(1);

    fireEvent.keyDown(document.body, { key: "g" });
    fireEvent.keyDown(screen.getByLabelText("Score"), { key: "7" });
    fireEvent.keyDown(document.body, { key: "c" });
    expect(both).toHaveBeenCalledTimes(1);
    expect(comment).toHaveBeenCalledTimes(1);
  });
});
