import "../speed/speed.css";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCourseStanding } from "../../../lib/course-standing";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { Button } from "../../../ui/button";
import { QueryView } from "../../../ui/query-view";
import { ActionFailed } from "../../../ui/states";
import { toast } from "../../../ui/toast";
import { WorkPane } from "../annotate/work-pane";
import { JudgementForm } from "../marking/judgement-form";
import { SideBySide } from "../rubrics/side-by-side";
import type { Judgement } from "../rubrics/use-sheet";
import {
  answerCalibration,
  type CalibrationPiece,
  pieceQuery,
  removeReference,
  setReference,
} from "./calibration-api";

interface CalibrationDeskProps {
  assignmentId: number;
  userId: number;
  /** On to the next piece, or back to the list. */
  onDone: () => void;
}

/** One piece of work: to be assessed, or beside the reference once it was. */
export function CalibrationDesk({ assignmentId, userId, onDone }: CalibrationDeskProps) {
  const { t } = useTranslation();
  const { may } = useCourseStanding();
  const query = useQuery(pieceQuery(assignmentId, userId));
  return (
    <QueryView query={query} lines={6}>
      {(piece) => (
        <div className="speed">
          <section className="panel stack" aria-labelledby="piece-name">
            <h2 id="piece-name">{piece.name}</h2>
            <WorkPane
              key={`${piece.submission.submission_id}-${piece.mine === null}`}
              submission={piece.submission}
              editable={false}
            />
          </section>
          <section className="panel stack" aria-label={t("speed.assess")}>
            {piece.is_author || (piece.version === 0 && may("marking.moderate")) ? (
              <Reference assignmentId={assignmentId} piece={piece} onDone={onDone} />
            ) : piece.mine && piece.reference ? (
              <Nearness piece={piece} onDone={onDone} />
            ) : (
              <Answer assignmentId={assignmentId} piece={piece} />
            )}
          </section>
        </div>
      )}
    </QueryView>
  );
}

const by = (piece: CalibrationPiece) =>
  piece.rubric && { rubric: piece.rubric, total_is_score: piece.total_is_score };

function Reference({
  assignmentId,
  piece,
  onDone,
}: {
  assignmentId: number;
  piece: CalibrationPiece;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [note, setNote] = useState(piece.reference?.comment ?? "");
  const finish = (said: string) => {
    void queryClient.invalidateQueries({ queryKey: ["assignment", assignmentId, "calibration"] });
    toast(said);
    onDone();
  };
  const save = useMutation({
    mutationFn: (said: Judgement) =>
      setReference(assignmentId, piece.user_id, { ...said, note, version: piece.version }),
    onSuccess: () => finish(t("calibration.saved")),
  });
  const remove = useMutation({
    mutationFn: () => removeReference(assignmentId, piece.user_id, piece.version),
    onSuccess: () => finish(t("calibration.removed")),
  });
  return (
    <>
      <p className="field-help">{t("calibration.referenceHelp")}</p>
      <JudgementForm
        key={piece.version}
        label={t("calibration.reference")}
        save={t(piece.version === 0 ? "calibration.add" : "calibration.change")}
        pointsPossible={piece.points_possible}
        by={by(piece)}
        start={{
          score: piece.reference?.score ?? null,
          sheet: piece.reference?.assessment ?? null,
        }}
        comment={{ label: t("calibration.note"), text: note, change: setNote }}
        mutation={save}
      />
      <ActionFailed error={remove.error} />
      {piece.version > 0 && (
        <div className="row">
          <Button kind="quiet" busy={remove.isPending} onClick={() => remove.mutate()}>
            {t("calibration.remove")}
          </Button>
        </div>
      )}
    </>
  );
}

function Answer({ assignmentId, piece }: { assignmentId: number; piece: CalibrationPiece }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [comment, setComment] = useState("");
  const answer = useMutation({
    mutationFn: (said: Judgement) =>
      answerCalibration(assignmentId, piece.user_id, { ...said, comment }),
    onSuccess: () =>
      queryClient.invalidateQueries({ queryKey: ["assignment", assignmentId, "calibration"] }),
  });
  return (
    <>
      <p className="field-help">{t("calibration.answerHelp")}</p>
      <JudgementForm
        label={t("calibration.answer")}
        save={t("calibration.give")}
        pointsPossible={piece.points_possible}
        by={by(piece)}
        start={{ score: null, sheet: null }}
        comment={{ label: t("grading.comment"), text: comment, change: setComment }}
        mutation={answer}
      />
    </>
  );
}

function Nearness({ piece, onDone }: { piece: CalibrationPiece; onDone: () => void }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { mine, reference } = piece;
  if (!mine || !reference) return null;
  const apart = Math.round((mine.score - reference.score) * 10_000) / 10_000;
  return (
    <>
      <p role="status">
        <strong>
          {t(
            apart === 0
              ? "calibration.same"
              : apart > 0
                ? "calibration.above"
                : "calibration.below",
            { points: formatNumber(Math.abs(apart), locale, 4) },
          )}
        </strong>
      </p>
      <SideBySide
        rubric={piece.rubric ?? undefined}
        sides={[
          { ...mine, id: 1, name: t("calibration.you") },
          { ...reference, id: 2, name: t("calibration.reference") },
        ]}
      />
      <div className="row">
        <Button kind="primary" onClick={onDone}>
          {t("calibration.next")}
        </Button>
      </div>
    </>
  );
}
