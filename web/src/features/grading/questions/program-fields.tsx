import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../../../ui/button";
import { CheckField, SelectField, TextArea, TextField } from "../../../ui/field";
import { blankTest, type QuestionDraft, type TestDraft } from "./question-draft";

interface ProgramFieldsProps {
  draft: QuestionDraft;
  languages: string[];
  error: (field: string) => string | undefined;
  onChange: (part: Partial<QuestionDraft>) => void;
}

/** What a program is tried with: its tests, and perhaps a program that judges what it writes. */
export function ProgramFields({ draft, languages, error, onChange }: ProgramFieldsProps) {
  const { t } = useTranslation();
  // One that is no longer offered stays what it is until another is chosen.
  const offered = [...new Set([draft.language, ...languages].filter(Boolean))];
  const change = (key: string, part: Partial<TestDraft>) =>
    onChange({ tests: draft.tests.map((one) => (one.key === key ? { ...one, ...part } : one)) });
  return (
    <>
      <SelectField
        label={t("questions.code.language")}
        value={draft.language}
        error={error("key.code.language")}
        onChange={(event) => onChange({ language: event.target.value })}
        choices={[
          { value: "", label: t("questions.code.choose") },
          ...offered.map((language) => ({ value: language, label: language })),
        ]}
      />
      {draft.tests.map((test, at) => (
        <fieldset key={test.key} className="question">
          <legend className="row-between">
            <strong>{t("questions.code.test", { number: at + 1 })}</strong>
            <IconButton
              label={t("questions.code.removeTest", { number: at + 1 })}
              icon={<Trash2 size={16} />}
              onClick={() => onChange({ tests: draft.tests.filter((one) => one !== test) })}
            />
          </legend>
          <div className="form-grid">
            <TextField
              label={t("questions.code.name")}
              value={test.name}
              onChange={(event) => change(test.key, { name: event.target.value })}
            />
            <TextField
              label={t("questions.points")}
              inputMode="decimal"
              value={test.points}
              onChange={(event) => change(test.key, { points: event.target.value })}
            />
            <TextArea
              label={t("questions.code.input")}
              className="input program"
              rows={3}
              dir="ltr"
              spellCheck={false}
              value={test.input}
              onChange={(event) => change(test.key, { input: event.target.value })}
            />
            <TextArea
              label={t("questions.code.expected")}
              className="input program"
              rows={3}
              dir="ltr"
              spellCheck={false}
              value={test.expected}
              onChange={(event) => change(test.key, { expected: event.target.value })}
            />
          </div>
          <CheckField
            label={t("questions.code.hidden")}
            help={t("questions.code.hiddenHelp")}
            checked={test.hidden}
            onChange={(event) => change(test.key, { hidden: event.target.checked })}
          />
        </fieldset>
      ))}
      {error("key.code.tests") && <p className="field-error">{error("key.code.tests")}</p>}
      <div>
        <Button
          icon={<Plus size={16} aria-hidden />}
          onClick={() => onChange({ tests: [...draft.tests, blankTest()] })}
        >
          {t("questions.code.addTest")}
        </Button>
      </div>
      <TextArea
        label={t("questions.code.check")}
        help={t("questions.code.checkHelp")}
        className="input program"
        rows={3}
        dir="ltr"
        spellCheck={false}
        value={draft.check_source}
        error={error("key.code.check_source")}
        onChange={(event) => onChange({ check_source: event.target.value })}
      />
    </>
  );
}
