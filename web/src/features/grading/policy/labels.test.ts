import type { TFunction } from "i18next";
import { describe, expect, it } from "vitest";
import type { GradeLabels } from "./labels-api";
import { labelsOf, saidOf, statusOf } from "./use-labels";

const t = ((key: string) => key) as unknown as TFunction;
const of = (labels: Partial<GradeLabels>) =>
  labelsOf({ late: null, missing: null, statuses: [], assignments: [], ...labels } as never, t);

describe("labels", () => {
  it("are the product's own until a course says others", () => {
    expect(labelsOf(undefined, t).of("late", 1)).toEqual({
      words: "grading.flag.late",
      tone: "warn",
    });
    expect(of({ late: { words: "Behind", tone: "info", off: false } }).of("late", 1)).toEqual({
      words: "Behind",
      tone: "info",
    });
  });

  it("of an assignment win over those of its course, and one that is off is not said", () => {
    const labels = of({
      missing: { words: null, tone: null, off: true },
      assignments: [
        { assignment_id: 2, late: null, missing: { words: "Owed", tone: "warn", off: false } },
      ],
    });
    expect(labels.of("missing", 1)).toBeNull();
    expect(labels.of("missing", 2)).toEqual({ words: "Owed", tone: "warn" });
    expect(saidOf(4, labels, 1)).toEqual([]);
  });

  it("say a status of the course's own by the number above the flags", () => {
    const labels = of({ statuses: [{ number: 3, words: "Oral", tone: "good", excuses: false }] });
    const flags = (3 << 24) | 2;
    expect(statusOf(flags)).toBe(3);
    expect(saidOf(flags, labels, 1).map((one) => one.words)).toEqual(["Oral", "grading.flag.late"]);
    expect(labels.status(9)).toBeNull();
  });
});
