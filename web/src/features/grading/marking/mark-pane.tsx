import { useMutation } from "@tanstack/react-query";
import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import { SideBySide } from "../rubrics/side-by-side";
import type { Judgement } from "../rubrics/use-sheet";
import type { GradingWork } from "../speed/speed-api";
import { useCommentDraft } from "../speed/use-comment-draft";
import { JudgementForm } from "./judgement-form";
import { saveMark } from "./marking-api";

interface MarkPaneProps {
  assignmentId: number;
  item: GradingWork;
  scoreRef: RefObject<HTMLInputElement | null>;
  commentRef: RefObject<HTMLTextAreaElement | null>;
  onDone: () => void;
}

/** One's own mark of work that others mark too; theirs stand here once all are given. */
export function MarkPane({ assignmentId, item, scoreRef, commentRef, onDone }: MarkPaneProps) {
  const { t } = useTranslation();
  const { mark, work } = item;
  const comment = useCommentDraft(assignmentId, item);
  const save = useMutation({
    mutationFn: (said: Judgement) =>
      saveMark(assignmentId, work.user_id, {
        ...said,
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
    <JudgementForm
      label={t("marking.several.mark")}
      save={t("speed.saveNext")}
      pointsPossible={work.points_possible}
      by={work.assessment}
      start={{ score: mark.score, sheet: mark.assessment }}
      comment={{ label: t("grading.comment"), text: comment.text, change: comment.change }}
      mutation={save}
      scoreRef={scoreRef}
      commentRef={commentRef}
    >
      {mark.comment && !comment.text && <p className="prose">{mark.comment}</p>}
      {mark.others.length > 0 && (
        <section aria-label={t("marking.several.others")}>
          <h3>{t("marking.several.others")}</h3>
          <SideBySide
            rubric={work.assessment?.rubric}
            sides={mark.others.map((one) => ({
              ...one,
              id: one.marker_id,
              name: one.marker_name ?? "",
            }))}
          />
        </section>
      )}
    </JudgementForm>
  );
}
