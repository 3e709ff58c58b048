import { fireEvent, render, screen } from "@testing-library/react";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { startI18n } from "../../../../lib/i18n";
import notes from "../messages/en.json";
import { type Notes, NotesProvider } from "../use-notes";
import { CopyButton } from "./copy-button";

const made = vi.hoisted(() => ({ copy: vi.fn() }));
vi.mock("./marked-copy", () => {
  class NoCopy extends Error {
    constructor(readonly why: string) {
      super(why);
    }
  }
  return { NoCopy, markedCopy: made.copy };
});

interface Wish {
  signal: AbortSignal;
  read: () => Promise<unknown>;
  onProgress: (share: number) => void;
}

beforeAll(() => startI18n("en", async () => ({ notes })));
beforeEach(() => {
  made.copy.mockReset();
});

function show(fileId: number) {
  const whole = vi.fn(async () => []);
  const value = { notes: [{ file_id: 7 }], whole } as unknown as Notes;
  const pdf = { numPages: 900 } as Parameters<typeof CopyButton>[0]["pdf"];
  render(
    <NotesProvider value={value}>
      <CopyButton pdf={pdf} url="blob:work" name="work.PDF" fileId={fileId} />
    </NotesProvider>,
  );
  return whole;
}

const button = () => screen.getByRole("button", { name: notes.copy.make });

describe("a copy with the notes", () => {
  it("is not offered where the file has none", () => {
    show(8);
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("says in words why there can be none, and can be tried again", async () => {
    const { NoCopy } = await import("./marked-copy");
    made.copy.mockRejectedValue(new NoCopy("protected"));
    show(7);
    fireEvent.click(button());
    expect((await screen.findByRole("alert")).textContent).toBe(notes.copy.failed.protected);
    fireEvent.click(button());
    expect(made.copy).toHaveBeenCalledTimes(1);
    await vi.waitFor(() => expect(made.copy).toHaveBeenCalledTimes(2));
  });

  it("shows how far it is, keeps the focus where it was, and stops when it is told to", async () => {
    const wishes: Wish[] = [];
    made.copy.mockImplementation((asked: Wish) => {
      wishes.push(asked);
      return new Promise((_, reject) =>
        asked.signal.addEventListener("abort", () => reject(asked.signal.reason)),
      );
    });
    const whole = show(7);
    button().focus();
    fireEvent.click(button());
    await vi.waitFor(() => expect(made.copy).toHaveBeenCalled());
    const [wish] = wishes;
    await wish?.read();
    expect(whole).toHaveBeenCalledWith(7, 900);
    wish?.onProgress(0.4);
    await vi.waitFor(() =>
      expect(screen.getByRole<HTMLProgressElement>("progressbar").value).toBe(0.4),
    );
    const stop = screen.getByRole("button", { name: notes.copy.cancel });
    expect(document.activeElement).toBe(stop);
    fireEvent.click(stop);
    expect(wish?.signal.aborted).toBe(true);
    expect(button()).toBe(stop);
    expect(screen.queryByRole("alert")).toBeNull();
  });
});
