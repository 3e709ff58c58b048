import { describe, expect, it } from "vitest";
import { regionalOf } from "./i18n";

describe("regionalOf", () => {
  it.each([
    ["en", ["en-GB", "en"], "en-GB"],
    ["en", ["de-DE", "en-US"], "en-US"],
    ["ar", ["en-GB"], "ar"],
    ["en", ["ent-X"], "en"],
  ])("writes %s for %j as %s", (language, wanted, locale) => {
    expect(regionalOf(language, wanted)).toBe(locale);
  });
});
