import type { TFunction } from "i18next";
import { EyeOff } from "lucide-react";
import type { Tone } from "../../../ui/badge";
import { flag } from "../grades-api";
import { type Labels, saidOf, statusOf } from "../policy/use-labels";
import type { GradebookModel } from "./gradebook-model";
import { type Scale, scoreWords } from "./score-text";

type CellData = ReturnType<GradebookModel["cell"]>;

/** The reader's language, handed down: a hook in each of a thousand cells would cost a frame. */
export interface Speech {
  t: TFunction;
  locale: string;
  labels: Labels;
}

interface ScoreContentProps {
  cell: CellData;
  assignmentId: number;
  scale: Scale;
  speech: Speech;
}

/** What a score cell says: the value that stands, or the person's own while it is on its way. */
export function ScoreContent({ cell, assignmentId, scale, speech }: ScoreContentProps) {
  const value = cell.pending ?? cell;
  const mark = markOf(cell, assignmentId, speech.labels);
  return (
    <>
      {mark && (
        <span className="gb-mark" data-tone={mark.tone}>
          {mark.words ?? speech.t(mark.word ?? "")}
        </span>
      )}
      {cell.hidden && <HiddenMark words={speech.t("grading.posting.hiddenCell")} />}
      <span>
        {value.excused
          ? "EX"
          : value.score === null
            ? "–"
            : scoreWords(value.score, scale, speech.locale, speech.t)}
      </span>
    </>
  );
}

/** Said and shown beside whatever else a cell says. */
export function HiddenMark({ words }: { words: string }) {
  return (
    <span className="gb-hidden" title={words}>
      <EyeOff size={13} aria-hidden />
      <span className="visually-hidden">{words}</span>
    </span>
  );
}

interface Mark {
  word?: string;
  /** In the course's own words. */
  words?: string;
  tone?: Tone;
}

/** The one word beside the score: what is unsafe first, then what a grader must act on. */
function markOf(cell: CellData, assignmentId: number, labels: Labels): Mark | undefined {
  if (cell.pending?.state === "failed") return { word: "grading.notSaved", tone: "bad" };
  if (cell.pending?.state === "conflict") return { word: "grading.changed", tone: "bad" };
  if (cell.pending) return { word: "save.saving" };
  const [said] = saidOf(cell.flags, labels, assignmentId);
  if (cell.flags & flag.withheld) return { word: "calibration.withheld.word", tone: "info" };
  if (cell.flags & flag.excused) return labels.status(statusOf(cell.flags)) ?? undefined;
  if (cell.flags & flag.notAssigned) return { word: "grading.flag.notAssigned" };
  if (said) return said;
  if (cell.flags & flag.resubmitted) return { word: "gradePolicy.attempts.newer" };
  if (cell.flags & flag.needsGrading) return { word: "grading.flag.toGrade" };
  if (cell.flags & flag.latePass) return { word: "grading.flag.latePass" };
  return undefined;
}
