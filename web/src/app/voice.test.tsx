import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { VoiceDialog } from "../features/grading/voice/voice-dialog";
import type { Take, TakeKeeper } from "../features/grading/voice/voice-takes";
import { RemarkFiles } from "../features/grading/work-files/remark-files";
import { stubFetch } from "../lib/fetch-stub";
import { renderAt } from "./test-render";

const kept = new Map<string, { take: Take; parts: Blob[] }>();

const keeper: TakeKeeper = {
  begin: async (take) => void kept.set(take.work, { take, parts: [] }),
  add: async (work, _, bytes) => void kept.get(work)?.parts.push(bytes),
  save: async (take) => void kept.set(take.work, { take, parts: kept.get(take.work)?.parts ?? [] }),
  read: async (work) => {
    const found = kept.get(work);
    return found && { take: found.take, blob: new Blob(found.parts, { type: found.take.type }) };
  },
  drop: async (work) => void kept.delete(work),
};

vi.mock("../features/grading/voice/voice-takes", () => ({ openTakes: async () => keeper }));
vi.mock("../lib/upload", () => ({ uploadParts: async () => {} }));

/** A microphone of which a test says what it hears. */
class Recorder {
  static now: Recorder | undefined;
  static isTypeSupported = (type: string) => type.startsWith("audio/webm");
  state = "inactive";
  ondataavailable?: (event: { data: Blob }) => void;
  onstop?: () => void;
  start() {
    this.state = "recording";
    Recorder.now = this;
  }
  hear(words: string) {
    this.ondataavailable?.({ data: new Blob([words]) });
  }
  stop() {
    this.state = "inactive";
    this.onstop?.();
  }
}

const getUserMedia = vi.fn();

beforeEach(() => {
  kept.clear();
  vi.stubGlobal("MediaRecorder", Recorder);
  Object.assign(navigator, { mediaDevices: { getUserMedia } });
  Object.assign(URL, { createObjectURL: () => "blob:voice", revokeObjectURL: () => {} });
  getUserMedia.mockResolvedValue({ getTracks: () => [{ stop: () => {} }] });
});

afterEach(() => vi.unstubAllGlobals());

function server(comment: () => { status: number; body: object }) {
  return stubFetch([
    [
      /POST \/assignments\/7\/voice-uploads/,
      () => ({ status: 201, body: { file_id: 9, parts: [] } }),
    ],
    [/POST \/uploads\/9\/completion/, () => ({ body: { file_id: 9 } })],
    [/POST \/submissions\/3\/comments/, comment],
    [/GET \/sessions\/current/, () => ({ status: 401, body: { status: 401 } })],
  ]);
}

const dialog = (onSaid = () => {}) => (
  <VoiceDialog
    assignmentId={7}
    submissionId={3}
    name="Ada"
    waits={false}
    onSaid={onSaid}
    onClose={() => {}}
  />
);

describe("saying it aloud", () => {
  it("records by keys alone, keeps every second, and sends once the server can", async () => {
    const user = userEvent.setup();
    let answers = [{ status: 503, body: { status: 503, detail: "In a moment." } }];
    const calls = server(() => answers.shift() ?? { status: 201, body: { body: "Good." } });
    const onSaid = vi.fn();
    const { container } = await renderAt("/", dialog(onSaid));
    const record = await screen.findByRole("button", { name: "Record" });
    await vi.waitFor(() => expect(record).toHaveProperty("disabled", false));
    act(() => record.focus());
    await user.keyboard("{Enter}");
    const stop = await screen.findByRole("button", { name: "Stop" });
    expect(document.activeElement).toBe(stop);
    await act(async () => Recorder.now?.hear("one"));
    expect(screen.getByRole("meter", { name: "How loud you are" })).toBeTruthy();
    expect(kept.get("0:3")?.parts).toHaveLength(1);
    await user.keyboard("{Enter}");

    await user.type(await screen.findByRole("textbox", { name: /in writing/ }), "Good.");
    const found = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
    expect(found.violations.map((one) => one.id)).toEqual([]);
    await user.click(screen.getByRole("button", { name: "Send" }));
    expect(await screen.findByText("In a moment.", { exact: false })).toBeTruthy();
    expect(kept.get("0:3")?.take.fileId).toBe(9);

    answers = [];
    await user.click(screen.getByRole("button", { name: "Send" }));
    await vi.waitFor(() => expect(onSaid).toHaveBeenCalled());
    expect(kept.size).toBe(0);
    // The bytes went once; the words were asked for again.
    expect(calls.filter((call) => call.path.endsWith("/voice-uploads"))).toHaveLength(1);
    const said = calls.filter((call) => call.path.endsWith("/comments"));
    expect(said).toHaveLength(2);
    expect(said[1]?.body).toEqual({ body: "Good.", file_ids: [9], at_once: false });
  });

  it("offers what was recorded before the page died", async () => {
    server(() => ({ status: 201, body: {} }));
    const take = { work: "0:3", startedAt: Date.now(), type: "audio/webm", seconds: 75 };
    kept.set("0:3", { take, parts: [new Blob(["x"])] });
    const user = userEvent.setup();
    await renderAt("/", dialog());

    expect(await screen.findByText(/1:15, kept in this browser/)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Throw it away and record anew" }));
    expect(await screen.findByRole("button", { name: "Record" })).toBeTruthy();
    expect(kept.size).toBe(0);
  });

  it("says what to do where there is no microphone", async () => {
    server(() => ({ status: 201, body: {} }));
    getUserMedia.mockRejectedValue(new DOMException("no", "NotAllowedError"));
    const user = userEvent.setup();
    await renderAt("/", dialog());
    const record = await screen.findByRole("button", { name: "Record" });
    await vi.waitFor(() => expect(record).toHaveProperty("disabled", false));
    await user.click(record);
    expect(await screen.findByRole("alert")).toHaveProperty(
      "textContent",
      expect.stringContaining("does not let this page use a microphone"),
    );
  });

  it("is played in its place", async () => {
    stubFetch([[/GET \/sessions\/current/, () => ({ status: 401, body: { status: 401 } })]]);
    const file = {
      file_id: 1,
      name: "voice-comment.weba",
      content_type: "audio/webm",
      size_bytes: 9,
      sha256: "",
      url: "files/1",
    };
    const { container } = await renderAt("/", <RemarkFiles files={[file]} author="Ines" />);
    await screen.findByRole("link", { name: /voice-comment.weba/ });
    expect(container.querySelector("audio[controls]")?.getAttribute("aria-label")).toBe(
      "Voice comment by Ines",
    );
  });
});
