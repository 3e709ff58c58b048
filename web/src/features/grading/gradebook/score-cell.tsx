import type { TFunction } from "i18next";
import { EyeOff } from "lucide-react";
import { flag } from "../grades-api";
import type { GradebookModel } from "./gradebook-model";
import { type Scale, scoreWords } from "./score-text";

type CellData = ReturnType<GradebookModel["cell"]>;

/** The reader's language, handed down: a hook in each of a thousand cells would cost a frame. */
export interface Speech {
  t: TFunction;
  locale: string;
}

interface ScoreContentProps {
  cell: CellData;
  scale: Scale;
  speech: Speech;
}

/** What a score cell says: the value that stands, or the person's own while it is on its way. */
export function ScoreContent({ cell, scale, speech }: ScoreContentProps) {
  const value = cell.pending ?? cell;
  const mark = markOf(cell);
  return (
    <>
      {mark && (
        <span className="gb-mark" data-tone={mark.tone}>
          {speech.t(mark.word)}
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

/** The one word beside the score: what is unsafe first, then what a grader must act on. */
function markOf(cell: CellData): { word: string; tone?: "bad" | "warn" } | undefined {
  if (cell.pending?.state === "failed") return { word: "grading.notSaved", tone: "bad" };
  if (cell.pending?.state === "conflict") return { word: "grading.changed", tone: "bad" };
  if (cell.pending) return { word: "save.saving" };
  if (cell.flags & flag.excused) return undefined;
  if (cell.flags & flag.notAssigned) return { word: "grading.flag.notAssigned" };
  if (cell.flags & flag.missing) return { word: "grading.flag.missing", tone: "bad" };
  if (cell.flags & flag.late) return { word: "grading.flag.late", tone: "warn" };
  if (cell.flags & flag.resubmitted) return { word: "gradePolicy.attempts.newer" };
  if (cell.flags & flag.needsGrading) return { word: "grading.flag.toGrade" };
  if (cell.flags & flag.latePass) return { word: "grading.flag.latePass" };
  return undefined;
}
