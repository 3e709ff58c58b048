import { useTranslation } from "react-i18next";
import { CheckField, SelectField } from "../../../ui/field";
import { type AssignmentInput, attemptsKept } from "../api";

interface CountingFieldsProps {
  input: AssignmentInput;
  change: (part: Partial<AssignmentInput>) => void;
}

const switches = [
  ["optional", "optional"],
  ["extra_credit", "extra"],
  ["omit_from_final", "omit"],
] as const;

/** How an assignment enters the totals, and which attempt does. */
export function CountingFields({ input, change }: CountingFieldsProps) {
  const { t } = useTranslation();
  return (
    <fieldset className="field stack">
      <legend className="field-legend">{t("gradePolicy.counting.title")}</legend>
      {(input.attempts_allowed !== 1 || input.attempts_kept !== "latest") && (
        <SelectField
          label={t("gradePolicy.attempts.kept")}
          help={t("gradePolicy.attempts.keptHelp")}
          value={input.attempts_kept}
          onChange={(event) =>
            change({ attempts_kept: event.target.value as AssignmentInput["attempts_kept"] })
          }
          choices={attemptsKept.map((value) => ({
            value,
            label: t(`gradePolicy.attempts.by.${value}`),
          }))}
        />
      )}
      {switches.map(([field, word]) => (
        <CheckField
          key={field}
          label={t(`gradePolicy.counting.${word}`)}
          help={t(`gradePolicy.counting.${word}Help`)}
          checked={input[field]}
          onChange={(event) => change({ [field]: event.target.checked })}
        />
      ))}
    </fieldset>
  );
}
