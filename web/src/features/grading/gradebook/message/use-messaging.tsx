import { type ReactNode, useState } from "react";
import type { GradebookStudent } from "../../grades-api";
import type { useGradebook } from "../use-gradebook";
import { MessageDialog } from "./message-dialog";

/** What a message begins with. */
export interface MessageStart {
  /** Those whose cells are selected. */
  selected?: GradebookStudent[];
  assignmentId?: number;
}

/** Opens the dialog that writes to learners, from wherever in the gradebook. */
export function useMessaging(
  { courseId, model }: ReturnType<typeof useGradebook>,
  shown: GradebookStudent[],
): { open: (start: MessageStart) => void; dialog: ReactNode } {
  const [start, setStart] = useState<MessageStart>();
  const dialog = start && (
    <MessageDialog
      courseId={courseId}
      model={model}
      shown={shown}
      {...start}
      onClose={() => setStart(undefined)}
    />
  );
  return { open: setStart, dialog };
}
