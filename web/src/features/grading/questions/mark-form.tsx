import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber, parseDecimal } from "../../../lib/numbers";
import { fieldError } from "../../../lib/problem";
import { Button } from "../../../ui/button";
import { TextArea, TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { type QuestionMark, saveMarks } from "./questions-api";

interface MarkFormProps {
  assignmentId: number;
  mark: QuestionMark;
  onMarked: () => void;
}

/** What a grader gives for one answer; one that was judged already unfolds. */
export function MarkForm({ assignmentId, mark, onMarked }: MarkFormProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const [score, setScore] = useState(
    mark.score === null ? "" : formatNumber(mark.score, locale, 4),
  );
  const [feedback, setFeedback] = useState(mark.feedback);
  const [notRead, setNotRead] = useState(false);
  const points = score.trim() ? parseDecimal(score, locale) : null;
  const save = useMutation({
    mutationFn: () =>
      saveMarks(assignmentId, {
        question_id: mark.question_id,
        score: points ?? null,
        feedback,
        marks: [{ submission_id: mark.submission_id, version: mark.version }],
      }),
    onSuccess: onMarked,
  });
  return (
    <details open={mark.score === null}>
      <summary>{t("questions.mark")}</summary>
      <Form
        error={save.error}
        label={t("questions.mark")}
        onSubmit={() => {
          setNotRead(points === undefined);
          if (points !== undefined && !save.isPending) save.mutate();
        }}
      >
        <div className="form-grid">
          <TextField
            label={t("questions.score", { points: formatNumber(mark.points, locale, 4) })}
            inputMode="decimal"
            value={score}
            error={notRead ? t("questions.notANumber") : fieldError(save.error, "score")}
            onChange={(event) => setScore(event.target.value)}
          />
          <TextArea
            label={t("questions.feedback")}
            rows={2}
            dir="auto"
            value={feedback}
            error={fieldError(save.error, "feedback")}
            onChange={(event) => setFeedback(event.target.value)}
          />
        </div>
        <div>
          <Button type="submit" busy={save.isPending}>
            {t("questions.giveMark")}
          </Button>
        </div>
      </Form>
    </details>
  );
}
