import type { TFunction } from "i18next";
import { formatPercent } from "../../../lib/numbers";
import { finalStatuses } from "../final-grade-api";
import type { StandingFinal } from "../grades-api";

/** A code in words; one that an institution made up speaks for itself. */
export function statusWords(code: string, t: TFunction): string {
  const known = finalStatuses.find((one) => one === code);
  return known ? t(`grading.override.status.${known}`) : code.replaceAll("_", " ");
}

/** "85% B, Incomplete": a final grade set by hand. Undefined when none is. */
export function overrideWords(
  set: StandingFinal | undefined,
  t: TFunction,
  locale: string,
): string | undefined {
  const percent = set?.percent ?? null;
  const grade = percent === null ? "" : formatPercent(percent, locale);
  const both = [grade, set?.letter].filter(Boolean).join(" ");
  const status = set?.status_code && statusWords(set.status_code, t);
  return [both, status].filter(Boolean).join(", ") || undefined;
}
