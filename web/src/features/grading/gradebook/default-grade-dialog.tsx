import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { CheckField, TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import type { GradebookAssignment } from "../grades-api";
import { readScore } from "./block-plan";
import type { Entry, Scale } from "./score-text";

interface DefaultGradeDialogProps {
  assignment: GradebookAssignment;
  scale: Scale;
  onChosen: (entry: Entry, everybody: boolean) => void;
  onClose: () => void;
}

/** Asks which score a whole column is to get; what it would change is shown next. */
export function DefaultGradeDialog(props: DefaultGradeDialogProps) {
  const { assignment, scale, onChosen, onClose } = props;
  const { t } = useTranslation();
  const locale = useLocale();
  const [text, setText] = useState("");
  const [everybody, setEverybody] = useState(false);
  const [error, setError] = useState<string>();

  function choose() {
    const entry = text.trim() === "" ? "grading.block.notAScore" : readScore(text, locale, scale);
    if (typeof entry === "string") setError(t(entry, { text }));
    else onChosen(entry, everybody);
  }

  return (
    <Dialog
      title={t("grading.defaultGrade.title", { assignment: assignment.title })}
      onClose={onClose}
    >
      <Form error={undefined} onSubmit={choose}>
        <TextField
          label={t("grading.scoreField", {
            points: formatNumber(assignment.points_possible, locale),
          })}
          inputMode="decimal"
          value={text}
          error={error}
          onChange={(event) => {
            setText(event.target.value);
            setError(undefined);
          }}
        />
        <CheckField
          label={t("grading.defaultGrade.everybody")}
          help={t("grading.defaultGrade.everybodyHelp")}
          checked={everybody}
          onChange={(event) => setEverybody(event.target.checked)}
        />
        <div className="dialog-actions">
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button kind="primary" type="submit">
            {t("grading.defaultGrade.next")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
