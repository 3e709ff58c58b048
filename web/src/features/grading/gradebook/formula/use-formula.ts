import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useFilters } from "../../../../lib/address";
import type { GradebookModel } from "../gradebook-model";
import { compile } from "./formula";

/** Shows the formula in the address as a column; one that is not understood any more is left out. */
export function useFormula(model: GradebookModel) {
  const { t } = useTranslation();
  const [{ formula = "", formula_title: title }] = useFilters();
  const name = title || t("grading.formula.column");
  const { assignments } = model;
  useEffect(() => {
    const read = formula ? compile(formula, assignments) : undefined;
    model.compute(typeof read === "function" ? { name, of: read } : undefined);
  }, [model, assignments, formula, name]);
}
