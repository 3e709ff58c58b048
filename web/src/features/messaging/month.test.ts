import { describe, expect, it } from "vitest";
import { dayOf, daysOfMonth } from "./month";

describe("a month's page", () => {
  it("starts on the first day of the week and holds whole weeks", () => {
    const days = daysOfMonth(2026, 10, 1);
    expect(days[0]).toBe("2026-10-26");
    expect(days.at(-1)).toBe("2026-12-06");
    expect(days.length % 7).toBe(0);
  });

  it("starts on Saturday where the week does", () => {
    expect(daysOfMonth(2026, 10, 6)[0]).toBe("2026-10-31");
  });

  it("puts an instant on the reader's own day", () => {
    expect(dayOf("2026-11-22T23:30:00Z", "Europe/Amsterdam")).toBe("2026-11-23");
    expect(dayOf("2026-11-22T23:30:00Z", "America/New_York")).toBe("2026-11-22");
  });
});
