import { CircleSlash, History, ListChecks, Mail, Undo2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { GradebookAssignment } from "../grades-api";
import { planDefault, planRestore, planTakeBack, planZeroMissing } from "./block-plan";
import { DefaultGradeDialog } from "./default-grade-dialog";
import { RestoreColumnDialog } from "./restore-column-dialog";
import type { useBatch } from "./use-batch";
import type { useGradebook } from "./use-gradebook";

/** Something that can be done to a whole column: one line of its menu. */
export interface ColumnAction {
  id: string;
  label: string;
  icon: ReactNode;
  run: () => void;
}

interface ColumnActions {
  /** What a menu can do with the scores of one assignment; each shows first what it would change. */
  columnActions: (assignment: GradebookAssignment) => ColumnAction[];
  /** What one of them asks; to be drawn by the screen. */
  dialog: ReactNode;
}

export function useColumnActions(
  book: ReturnType<typeof useGradebook>,
  batch: ReturnType<typeof useBatch>,
  onMessage: (assignmentId: number) => void,
): ColumnActions {
  const { t } = useTranslation();
  const { courseId, model } = book;
  const [chosen, setChosen] = useState<GradebookAssignment>();
  const [restored, setRestored] = useState<GradebookAssignment>();

  function columnActions(assignment: GradebookAssignment): ColumnAction[] {
    const { assignment_id, title } = assignment;
    return [
      {
        id: "default",
        label: t("grading.defaultGrade.action"),
        icon: <ListChecks size={16} />,
        run: () => setChosen(assignment),
      },
      {
        id: "zero-missing",
        label: t("grading.zeroMissing.action"),
        icon: <CircleSlash size={16} />,
        run: () =>
          void batch.ask(
            t("grading.zeroMissing.title", { assignment: title }),
            () => planZeroMissing(model, [assignment_id]),
            t("grading.zeroMissing.reason"),
          ),
      },
      {
        id: "take-back",
        label: t("gradePolicy.missing.takeBack"),
        icon: <Undo2 size={16} className="flips" />,
        run: () =>
          void batch.ask(
            t("gradePolicy.missing.takeBackTitle", { assignment: title }),
            () => planTakeBack(model, assignment_id),
            t("gradePolicy.missing.takeBackReason"),
          ),
      },
      {
        id: "restore",
        label: t("grading.restoreColumn.action"),
        icon: <History size={16} />,
        run: () => setRestored(assignment),
      },
      ...(assignment.status === "published"
        ? [
            {
              id: "message",
              label: t("message.column"),
              icon: <Mail size={16} />,
              run: () => onMessage(assignment_id),
            },
          ]
        : []),
    ];
  }

  const restoring = restored && (
    <RestoreColumnDialog
      courseId={courseId}
      assignment={restored}
      onClose={() => setRestored(undefined)}
      onRead={(past, when) => {
        setRestored(undefined);
        void batch.ask(
          t("grading.restoreColumn.title", { assignment: restored.title }),
          () => planRestore(model, restored.assignment_id, past),
          t("grading.restoreColumn.reason", { when }),
        );
      }}
    />
  );
  const dialog = chosen ? (
    <DefaultGradeDialog
      assignment={chosen}
      scale={model.scaleOf(chosen.assignment_id)}
      onClose={() => setChosen(undefined)}
      onChosen={(entry, everybody) => {
        setChosen(undefined);
        void batch.ask(
          t("grading.defaultGrade.title", { assignment: chosen.title }),
          () => planDefault(model, chosen.assignment_id, entry, everybody),
          t("grading.defaultGrade.reason"),
        );
      }}
    />
  ) : (
    restoring
  );
  return { columnActions, dialog };
}
