import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import type { GradebookStudent } from "../grades-api";
import { planBlock, planClear, planFillDown } from "./block-plan";
import { deductedIn, fromTsv } from "./clipboard-text";
import type { Range, Shown } from "./grid-range";
import type { useBatch } from "./use-batch";
import type { useGradebook } from "./use-gradebook";

/** What a key or the menu can ask of the selected cells. */
export type GridCommand = "fill" | "clear" | "undo" | "redo" | "message";

type Book = ReturnType<typeof useGradebook>;

/** Carries out what is asked of a range: at once, or, for what comes from outside, after a look. */
export function useGridCommands(
  book: Book,
  batch: ReturnType<typeof useBatch>,
  shown: Shown,
  onMessage: (learners: GradebookStudent[]) => void,
) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { model } = book;

  function run(command: GridCommand, range: Range): void {
    if (command === "undo") void batch.undo();
    else if (command === "redo") void batch.redo();
    else if (command === "message") {
      onMessage(shown.students.slice(range.top, range.bottom + 1));
    } else if (command === "fill") {
      void batch.apply(t("grading.editMenu.fill"), () => planFillDown(model, shown, range));
    } else {
      void batch.apply(t("grading.editMenu.clear"), () => planClear(model, shown, range));
    }
  }

  function paste(text: string, range: Range): void {
    const block = fromTsv(text);
    const isDeducted = deductedIn(text);
    void batch.ask(t("grading.batch.pasteTitle"), () =>
      planBlock(model, shown, block, range, locale, isDeducted),
    );
  }

  return { run, paste };
}
