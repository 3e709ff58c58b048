import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useLocale } from "../../../lib/i18n";
import { useLive } from "../../../lib/live";
import { asProblem, hasStatus } from "../../../lib/problem";
import {
  type GradebookChanges,
  type GradeNow,
  gradebookChanges,
  gradebookKey,
  gradebookQuery,
  writeGrade,
} from "../grades-api";
import { EditHistory } from "./edit-history";
import { GradebookModel } from "./gradebook-model";
import { usePresence } from "./presence/use-presence";
import { changeOf, type Entry } from "./score-text";

export interface Cell {
  userId: number;
  assignmentId: number;
}

interface Callbacks {
  /** Others changed these cells while the page was open. */
  onRemote: (cells: Cell[]) => void;
  onSaved: (cell: Cell) => void;
  onFailed: (cell: Cell, reason: string) => void;
  onConflict: (cell: Cell) => void;
}

/** The gradebook of a course, kept fresh by the live stream, and the only way to write into it. */
export function useGradebook(courseId: number, callbacks: Callbacks) {
  const locale = useLocale();
  const queryClient = useQueryClient();
  const query = useQuery(gradebookQuery(courseId));
  const [model] = useState(() => new GradebookModel());
  const [history] = useState(() => new EditHistory());
  const latest = useRef(callbacks);
  latest.current = callbacks;

  const refresh = useRefresh(courseId, model, (cells) => latest.current.onRemote(cells));
  useEffect(() => {
    // What was told while this was on its way is asked for again.
    if (query.data && model.load(query.data, locale)) void refresh();
  }, [query.data, model, locale, refresh]);

  const { page, presence, handlers } = usePresence(courseId);
  useLive(`/courses/${courseId}/gradebook/live?page=${page}`, { version: refresh, ...handlers });
  const revision = useSyncExternalStore(model.subscribe, model.snapshot);

  // The learner's page and the lists are computed from the same ledger and must be asked again.
  const changed = useCallback(
    (...assignmentIds: number[]) => {
      void queryClient.invalidateQueries({ queryKey: ["course", courseId, "grades"] });
      const isTouched = (id: unknown) =>
        assignmentIds.length === 0 || assignmentIds.includes(Number(id));
      void queryClient.invalidateQueries({
        predicate: ({ queryKey: [kind, id] }) => kind === "assignment" && isTouched(id),
      });
    },
    [courseId, queryClient],
  );

  // The version each cell will have once what is on its way has arrived: the next value builds on it,
  // or a quick second edit would be refused as if somebody else had made the first.
  const onItsWay = useRef(new Map<string, Promise<number>>());

  const write = useCallback(
    async (cell: Cell, entry: Entry, version: number, isLast: () => boolean): Promise<number> => {
      const { userId, assignmentId } = cell;
      const pending = { ...entry, version };
      try {
        const change = { ...changeOf(entry, model.cell(userId, assignmentId)), version };
        const written = await writeGrade(assignmentId, userId, change);
        // Others of the group go with it, and are taken back with it.
        const others = written.also ?? [];
        const also = others.map((one) => ({
          userId: one.user_id,
          assignmentId,
          before: one.version - 1,
          after: one.version,
        }));
        history.push([{ ...cell, before: version, after: written.version }, ...also]);
        for (const one of others) {
          model.written(one.user_id, assignmentId, one, true);
        }
        model.written(userId, assignmentId, written, !isLast());
        latest.current.onSaved(cell);
        changed(assignmentId);
        return written.version;
      } catch (error) {
        if (hasStatus(error, 409)) {
          const now = asProblem(error).current as GradeNow | undefined;
          model.setPending(userId, assignmentId, { ...pending, state: "conflict", now });
          latest.current.onConflict(cell);
        } else {
          const reason = asProblem(error).detail;
          model.setPending(userId, assignmentId, { ...pending, state: "failed", reason });
          latest.current.onFailed(cell, reason);
        }
        return version;
      }
    },
    [model, history, changed],
  );

  const save = useCallback(
    async (cell: Cell, entry: Entry, version: number) => {
      const key = `${cell.userId}:${cell.assignmentId}`;
      const waiting = onItsWay.current;
      const before = waiting.get(key);
      model.setPending(cell.userId, cell.assignmentId, { ...entry, version, state: "saving" });
      const mine: Promise<number> = (async () => {
        const seen = Math.max(version, (await before) ?? 0);
        return write(cell, entry, seen, () => waiting.get(key) === mine);
      })();
      waiting.set(key, mine);
      await mine;
      if (waiting.get(key) === mine) waiting.delete(key);
    },
    [model, write],
  );

  /** Waits until nothing is on its way, so that what is planned next builds on all there is. */
  const settled = useCallback(async () => {
    await model.whole();
    await Promise.allSettled(onItsWay.current.values());
  }, [model]);

  return { courseId, query, model, history, revision, presence, save, refresh, settled, changed };
}

/** Asks for what changed since our version; one request at a time, the next one covers the rest. */
function useRefresh(courseId: number, model: GradebookModel, onRemote: (cells: Cell[]) => void) {
  const queryClient = useQueryClient();
  const busy = useRef(false);
  const again = useRef(false);
  const remote = useRef(onRemote);
  remote.current = onRemote;

  return useCallback(async () => {
    if (model.version === 0) return;
    if (busy.current) {
      again.current = true;
      return;
    }
    busy.current = true;
    try {
      do {
        again.current = false;
        const changes: GradebookChanges = await gradebookChanges(courseId, model.version);
        const cells = model.apply(changes);
        if (cells === undefined) {
          await queryClient.invalidateQueries({ queryKey: gradebookKey(courseId) });
        } else if (cells.length > 0) {
          remote.current(cells);
        }
      } while (again.current);
    } catch {
      // The next signal or poll asks for the same versions again.
    } finally {
      busy.current = false;
    }
  }, [courseId, model, queryClient]);
}
