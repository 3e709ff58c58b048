import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFilters } from "../../../../lib/address";
import { Button } from "../../../../ui/button";
import { Dialog } from "../../../../ui/dialog";
import { TextField } from "../../../../ui/field";
import type { GradebookModel } from "../gradebook-model";
import { compile, toShown, toStored } from "./formula";

interface FormulaDialogProps {
  model: GradebookModel;
  onClose: () => void;
}

/** The formula of this view and what its column is called; both stand in the address, as filters do. */
export function FormulaDialog({ model, onClose }: FormulaDialogProps) {
  const { t } = useTranslation();
  const [{ formula = "", formula_title: named = "" }, setFilters] = useFilters();
  const [title, setTitle] = useState(named);
  const [text, setText] = useState(() => toShown(formula, model.assignments));
  const [error, setError] = useState<string>();

  function show(event: FormEvent) {
    event.preventDefault();
    const stored = toStored(text, model.assignments);
    const read = typeof stored === "string" ? compile(stored, model.assignments) : stored;
    if (typeof read !== "function") {
      return setError(t(`grading.formula.fault.${read.why}`, { name: read.name }));
    }
    setFilters({ formula: stored as string, formula_title: title.trim() || undefined });
    onClose();
  }

  function remove() {
    setFilters({ formula: undefined, formula_title: undefined });
    onClose();
  }

  return (
    <Dialog title={t("grading.formula.title")} onClose={onClose}>
      <form className="form" onSubmit={show}>
        <TextField
          label={t("grading.formula.name")}
          value={title}
          maxLength={60}
          onChange={(event) => setTitle(event.target.value)}
        />
        <TextField
          label={t("grading.formula.field")}
          help={t("grading.formula.help")}
          value={text}
          error={error}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setText(event.target.value);
            setError(undefined);
          }}
        />
        <div className="dialog-actions">
          {formula && <Button onClick={remove}>{t("grading.formula.remove")}</Button>}
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button kind="primary" type="submit">
            {t("grading.formula.show")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
