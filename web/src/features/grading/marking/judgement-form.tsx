import { type ReactNode, type RefObject, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { fieldError } from "../../../lib/problem";
import { Button } from "../../../ui/button";
import { TextArea, TextField } from "../../../ui/field";
import { ActionFailed } from "../../../ui/states";
import { CriteriaSheet } from "../rubrics/criteria-sheet";
import type { Assessment } from "../rubrics/rubrics-api";
import { type Judgement, type Sheet, useSheet } from "../rubrics/use-sheet";

interface JudgementFormProps {
  label: string;
  save: string;
  pointsPossible: number;
  /** By what the work is assessed; nothing where there is no rubric. */
  by: Pick<Assessment, "rubric" | "total_is_score"> | null;
  start: { score: number | null; sheet: Sheet | null };
  comment: { label: string; text: string; change: (text: string) => void };
  mutation: { mutate: (said: Judgement) => void; isPending: boolean; error: unknown };
  scoreRef?: RefObject<HTMLInputElement | null>;
  commentRef?: RefObject<HTMLTextAreaElement | null>;
  children?: ReactNode;
}

/** Rubric, score and words about one piece of work, sent as one. */
export function JudgementForm(props: JudgementFormProps) {
  const { label, save, pointsPossible, by, start, comment, mutation, scoreRef, commentRef } = props;
  const { t } = useTranslation();
  const locale = useLocale();
  const [began] = useState(start);
  const sheet = useSheet({ rubric: by?.rubric, totalIsScore: by?.total_is_score, ...began });
  return (
    <div className="stack">
      {by && <CriteriaSheet rubric={by.rubric} said={sheet.said} onSay={sheet.say} />}
      <form
        className="stack"
        noValidate
        aria-label={label}
        onSubmit={(event) => {
          event.preventDefault();
          if (sheet.input.score !== null && !mutation.isPending) mutation.mutate(sheet.input);
        }}
      >
        <TextField
          ref={scoreRef}
          label={t("grading.scoreField", { points: formatNumber(pointsPossible, locale) })}
          inputMode="decimal"
          value={sheet.text}
          error={
            sheet.readable
              ? fieldError(mutation.error, "score")
              : t("grading.notAScore", { text: sheet.text })
          }
          onChange={(event) => sheet.setText(event.target.value)}
        />
        <TextArea
          ref={commentRef}
          label={comment.label}
          rows={4}
          value={comment.text}
          onChange={(event) => comment.change(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
              event.preventDefault();
              event.currentTarget.form?.requestSubmit();
            } else if (event.key === "Escape") event.currentTarget.blur();
          }}
        />
        <ActionFailed error={mutation.error} />
        {props.children}
        <div className="row">
          <Button
            kind="primary"
            type="submit"
            disabled={sheet.input.score === null}
            busy={mutation.isPending}
          >
            {save}
          </Button>
        </div>
      </form>
    </div>
  );
}
