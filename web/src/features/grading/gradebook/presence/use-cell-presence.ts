import { useEffect, useRef, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "../../../../lib/announce";
import type { Cell } from "../use-gradebook";
import { presenceWords } from "./cell-graders";
import { PresenceModel, typists } from "./presence-model";
import type { Presence } from "./use-presence";

const NOBODY = new PresenceModel();

/**
 * Tells others which cell has the focus, and says once when somebody begins to type in it. Answers what is added when a cell is said.
 */
export function useCellPresence(
  presence: Presence | undefined,
  focused: Cell | undefined,
  isEditing: boolean,
): { others: PresenceModel; words: (cell: Cell) => string } {
  const { t } = useTranslation();
  const others = presence?.others ?? NOBODY;
  useSyncExternalStore(others.subscribe, others.snapshot);
  const { userId = 0, assignmentId = 0 } = focused ?? {};
  const isPlace = userId > 0 && assignmentId > 0;

  useEffect(() => {
    const at = { user_id: userId, assignment_id: assignmentId, typing: isEditing };
    presence?.move(isPlace ? at : null);
  }, [presence, isPlace, userId, assignmentId, isEditing]);

  const typing = isPlace ? typists(others.at(userId, assignmentId)) : [];
  const typed = presenceWords(typing, t);
  const key = `${userId}:${assignmentId}`;
  const said = useRef({ key, typed });
  useEffect(() => {
    // A cell that gets the focus is said with all that is there; only what begins later is said here.
    const isNews = said.current.key === key && said.current.typed !== typed && typed !== "";
    said.current = { key, typed };
    if (isNews) announce(typed);
  }, [key, typed]);

  return {
    others,
    words: (cell) => presenceWords(others.at(cell.userId, cell.assignmentId), t),
  };
}
