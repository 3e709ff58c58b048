import { Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../../ui/button";
import { CheckField, SelectField, TextArea, TextField } from "../../../ui/field";
import { CorrectionFields } from "./correction-fields";
import { ProgramFields } from "./program-fields";
import type { QuestionDraft } from "./question-draft";
import { type AnswerKind, answerKinds } from "./questions-api";

interface QuestionFieldsProps {
  draft: QuestionDraft;
  /** What programs can be written in here. */
  languages: string[];
  number: number;
  /** Answers were handed in, so that something may have to be made good. */
  inUse: boolean;
  /** The complaint about one of its fields, by the path below the question. */
  error: (field: string) => string | undefined;
  onChange: (part: Partial<QuestionDraft>) => void;
  onRemove: () => void;
}

/** One question while it is written. */
export function QuestionFields(props: QuestionFieldsProps) {
  const { draft, number, inUse, error, onChange, onRemove } = props;
  const { t } = useTranslation();
  return (
    <fieldset className="question" data-question={draft.question_id ?? undefined}>
      <legend className="row-between">
        <strong>{t("questions.number", { number })}</strong>
        <IconButton
          label={t("questions.remove", { number })}
          icon={<Trash2 size={16} />}
          onClick={onRemove}
        />
      </legend>
      <TextArea
        label={t("questions.prompt")}
        rows={3}
        required
        value={draft.prompt}
        error={error("prompt")}
        onChange={(event) => onChange({ prompt: event.target.value })}
      />
      <div className="form-grid">
        <SelectField
          label={t("questions.kind")}
          value={draft.kind}
          onChange={(event) => onChange({ kind: event.target.value as AnswerKind })}
          choices={answerKinds.map((kind) => ({
            value: kind,
            label: t(`questions.kinds.${kind}`),
          }))}
        />
        <TextField
          label={t("questions.points")}
          inputMode="decimal"
          value={draft.points}
          error={error("points")}
          onChange={(event) => onChange({ points: event.target.value })}
        />
      </div>
      <KeyFields {...props} />
      {inUse && draft.before && <CorrectionFields draft={draft} onChange={onChange} />}
      {error("also") && <p className="field-error">{error("also")}</p>}
    </fieldset>
  );
}

function KeyFields({ draft, languages, error, onChange }: QuestionFieldsProps) {
  const { t } = useTranslation();
  const text = (
    field: Exclude<keyof QuestionDraft, "tests" | "also" | "before">,
    path: string,
    help?: string,
  ) => ({
    label: t(`questions.key.${field}`),
    help,
    value: String(draft[field]),
    error: error(`key.${path}`),
    onChange: (event: { target: { value: string } }) => onChange({ [field]: event.target.value }),
  });
  const check = (field: keyof QuestionDraft) => (
    <CheckField
      label={t(`questions.key.${field}`)}
      checked={draft[field] === true}
      onChange={(event) => onChange({ [field]: event.target.checked })}
    />
  );
  switch (draft.kind) {
    case "exact":
      return (
        <>
          <TextArea
            rows={3}
            {...text("accepted", "exact.accepted", t("questions.key.acceptedHelp"))}
          />
          {check("ignore_case")}
          {check("ignore_space")}
          {check("ignore_accents")}
        </>
      );
    case "numeric":
      return (
        <>
          <div className="form-grid">
            <TextField
              dir="ltr"
              {...text("value", "numeric.value", t("questions.key.valueHelp"))}
            />
            <TextField
              dir="ltr"
              {...text("tolerance", "numeric.tolerance", t("questions.key.toleranceHelp"))}
            />
            <TextField
              dir="ltr"
              {...text("units", "numeric.units", t("questions.key.unitsHelp"))}
            />
            <TextField
              type="number"
              min={1}
              max={30}
              {...text("significant_figures", "numeric.significant_figures")}
            />
          </div>
          {check("tolerance_percent")}
          {check("unit_required")}
        </>
      );
    case "pattern":
      return (
        <>
          <TextField
            dir="ltr"
            spellCheck={false}
            {...text("pattern", "pattern.pattern", t("questions.key.patternHelp"))}
          />
          {check("ignore_case")}
        </>
      );
    case "code":
      return (
        <ProgramFields draft={draft} languages={languages} error={error} onChange={onChange} />
      );
    default:
      return (
        <TextArea
          rows={3}
          {...text("guidance", "free_text.guidance", t("questions.key.guidanceHelp"))}
        />
      );
  }
}
