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

  it.each(["ar-EG", "ar-MA", "ar-SA"])("keeps the digits of Arabic in %s", (region) => {
    const digits = (locale: string) => new Intl.NumberFormat(locale).format(1234.5);
    expect(digits(regionalOf("ar", [region])).charAt(0)).toBe(digits("ar").charAt(0));
  });
});
