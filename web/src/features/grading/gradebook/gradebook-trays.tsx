import type { GradebookAssignment } from "../grades-api";
import { CellTray } from "./cell-tray";
import { ColumnMenu } from "./column-menu";
import { ConflictDialog } from "./conflict-dialog";
import { ExplainTray } from "./explain-tray";
import type { SectionName } from "./gradebook-filters";
import type { Opened } from "./gradebook-grid";
import { OverrideDialog } from "./override-dialog";
import type { ColumnAction } from "./use-column-actions";
import type { Cell, useGradebook } from "./use-gradebook";

interface GradebookTraysProps {
  courseId: number;
  book: ReturnType<typeof useGradebook>;
  sections: SectionName[];
  columnActions: (assignment: GradebookAssignment) => ColumnAction[];
  onRestore: (cell: Cell, version: number) => Promise<void>;
  opened: Opened | undefined;
  onClose: () => void;
  conflict: Cell | undefined;
  onConflict: (cell: Cell | undefined) => void;
}

/** What slides in over the gradebook: one cell, one total, two values of which one must be chosen. */
export function GradebookTrays(props: GradebookTraysProps) {
  const { courseId, book, sections, opened, onClose, conflict, onConflict } = props;
  const { model, save } = book;
  return (
    <>
      {opened?.kind === "tray" && (
        <CellTray
          key={`${opened.userId}:${opened.assignmentId}`}
          courseId={courseId}
          cell={opened}
          model={model}
          onSave={save}
          onRestore={props.onRestore}
          onConflict={onConflict}
          onRefresh={book.refresh}
          onClose={onClose}
        />
      )}
      {opened?.kind === "explain" && (
        <ExplainTray courseId={courseId} userId={opened.userId} model={model} onClose={onClose} />
      )}
      {opened?.kind === "assignment" && (
        <ColumnMenu
          key={opened.assignmentId}
          courseId={courseId}
          assignmentId={opened.assignmentId}
          model={model}
          sections={sections}
          actions={props.columnActions}
          onClose={onClose}
        />
      )}
      {opened?.kind === "override" && (
        <OverrideDialog
          courseId={courseId}
          userId={opened.userId}
          text={opened.text}
          model={model}
          onSaved={book.refresh}
          onClose={onClose}
        />
      )}
      {conflict && (
        <ConflictDialog
          cell={conflict}
          model={model}
          onSave={save}
          onRefresh={book.refresh}
          onClose={() => onConflict(undefined)}
        />
      )}
    </>
  );
}
