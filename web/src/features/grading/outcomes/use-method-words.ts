import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import type { MasteryMethod } from "./outcomes-api";

/** A way of calculating in a few words, such as "Decaying average, 65 %". */
export function useMethodWords() {
  const { t } = useTranslation();
  const locale = useLocale();
  return (method: MasteryMethod) => {
    const name = t(`outcomes.methods.${method.kind}`);
    if (method.parameter === null) return name;
    const parameter = formatNumber(method.parameter, locale);
    const key = method.kind === "n_mastery" ? "outcomes.methodTimes" : "outcomes.methodWeight";
    return t(key, { name, parameter });
  };
}
