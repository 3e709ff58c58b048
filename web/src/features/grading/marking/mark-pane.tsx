import { useMutation } from "@tanstack/react-query";
import { type RefObject, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { fieldError } from "../../../lib/problem";
import { Button } from "../../../ui/button";
import { TextArea, TextField } from "../../../ui/field";
import { ActionFailed } from "../../../ui/states";
import { parseEntry } from "../gradebook/score-text";
import type { GradingWork } from "../speed/speed-api";
import { useCommentDraft } from "../speed/use-comment-draft";
import { saveMark } from "./marking-api";

interface MarkPaneProps {
  assignmentId: number;
  item: GradingWork;
  scoreRef: RefObject<HTMLInputElement | null>;
  onDone: () => void;
}

/** One's own mark of work that others mark too; theirs stand here once all are given. */
export function MarkPane({ assignmentId, item, scoreRef, onDone }: MarkPaneProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { mark } = item;
  const show = (score: number | null) => (score === null ? "–" : formatNumber(score, locale, 6));
  const [text, setText] = useState(mark?.score == null ? "" : show(mark.score));
  const comment = useCommentDraft(assignmentId, item);
  const entry = parseEntry(text, locale);
  const score = entry?.score ?? null;
  const save = useMutation({
    mutationFn: () =>
      saveMark(assignmentId, item.work.user_id, {
        score: score ?? 0,
        comment: comment.text.trim() || (mark?.comment ?? ""),
        version: mark?.version ?? 0,
      }),
    onSuccess: () => {
      comment.said();
      onDone();
    },
  });
  if (!mark) return <p className="notice">{t("marking.several.notYours")}</p>;
  return (
    <form
      className="stack"
      noValidate
      aria-label={t("marking.several.mark")}
      onSubmit={(event) => {
        event.preventDefault();
        if (score !== null && !save.isPending) save.mutate();
      }}
    >
      <TextField
        ref={scoreRef}
        label={t("grading.scoreField", { points: formatNumber(item.work.points_possible, locale) })}
        inputMode="decimal"
        value={text}
        error={entry ? fieldError(save.error, "score") : t("grading.notAScore", { text })}
        onChange={(event) => setText(event.target.value)}
      />
      {mark.comment && <p className="prose">{mark.comment}</p>}
      <TextArea
        label={t("grading.comment")}
        rows={4}
        value={comment.text}
        onChange={(event) => comment.change(event.target.value)}
      />
      <ActionFailed error={save.error} />
      {mark.others.length > 0 && (
        <section aria-label={t("marking.several.others")}>
          <h3>{t("marking.several.others")}</h3>
          <ul className="plain stack-tight">
            {mark.others.map((one) => (
              <li key={one.marker_id}>
                {t("marking.several.other", { name: one.marker_name, score: show(one.score) })}
                {one.comment && <p className="small muted">{one.comment}</p>}
              </li>
            ))}
          </ul>
        </section>
      )}
      <div className="row">
        <Button kind="primary" type="submit" disabled={score === null} busy={save.isPending}>
          {t("speed.saveNext")}
        </Button>
      </div>
    </form>
  );
}
