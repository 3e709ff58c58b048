import { describe, expect, it } from "vitest";
import { formatRelative, fromLocalInput, toLocalInput } from "./dates";

describe("wall-clock times in a course's zone", () => {
  it("round-trip in winter and summer", () => {
    expect(fromLocalInput("2026-11-27T23:59", "Europe/Amsterdam")).toBe("2026-11-27T22:59:00.000Z");
    expect(fromLocalInput("2026-07-01T08:00", "Europe/Amsterdam")).toBe("2026-07-01T06:00:00.000Z");
    expect(toLocalInput("2026-07-01T06:00:00Z", "Europe/Amsterdam")).toBe("2026-07-01T08:00");
  });

  it("keep the hour on the evening before the clocks change", () => {
    expect(fromLocalInput("2026-10-24T23:59", "America/New_York")).toBe("2026-10-25T03:59:00.000Z");
    const instant = fromLocalInput("2026-11-01T12:00", "America/New_York");
    expect(toLocalInput(instant, "America/New_York")).toBe("2026-11-01T12:00");
  });

  it("treat an empty field as no date", () => {
    expect(fromLocalInput("", "UTC")).toBeNull();
    expect(toLocalInput(null, "UTC")).toBe("");
  });
});

describe("relative times", () => {
  const now = Date.parse("2026-11-22T12:00:00Z");
  it("speak up to a week and then fall silent", () => {
    expect(formatRelative("2026-11-22T15:00:00Z", "en", now)).toBe("in 3 hours");
    expect(formatRelative("2026-11-21T11:00:00Z", "en", now)).toBe("yesterday");
    expect(formatRelative("2026-12-22T12:00:00Z", "en", now)).toBeUndefined();
  });
});
