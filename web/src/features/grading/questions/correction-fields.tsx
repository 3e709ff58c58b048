import { useTranslation } from "react-i18next";
import { Button } from "../../../ui/button";
import { CheckField } from "../../../ui/field";
import { hasOtherKeys, type QuestionDraft } from "./question-draft";

interface CorrectionFieldsProps {
  draft: QuestionDraft;
  onChange: (part: Partial<QuestionDraft>) => void;
}

/** What can be made good of a question after it was answered. */
export function CorrectionFields({ draft, onChange }: CorrectionFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      {hasOtherKeys(draft) && (
        <CheckField
          label={t("questions.corrections.acceptBefore")}
          help={t("questions.corrections.acceptBeforeHelp")}
          checked={draft.accept_before}
          onChange={(event) => onChange({ accept_before: event.target.checked })}
        />
      )}
      {hasOtherKeys(draft) && draft.also.length > 0 && (
        <p className="row small">
          {t("questions.corrections.also", { count: draft.also.length })}
          <Button kind="quiet" onClick={() => onChange({ also: [] })}>
            {t("questions.corrections.dropAlso")}
          </Button>
        </p>
      )}
      <CheckField
        label={t("questions.corrections.creditAll")}
        help={t("questions.corrections.creditAllHelp")}
        checked={draft.credit_all}
        onChange={(event) => onChange({ credit_all: event.target.checked })}
      />
    </>
  );
}
