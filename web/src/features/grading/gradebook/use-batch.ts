import { useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "../../../lib/announce";
import { asProblem, hasStatus } from "../../../lib/problem";
import { type GradeConflict, recordGrades } from "../grades-api";
import type { Plan } from "./block-plan";
import type { EditHistory, Way } from "./edit-history";
import { changeOf } from "./score-text";
import type { Cell, useGradebook } from "./use-gradebook";

/** Many changes that wait for a person's word, or that met something on their way. */
export interface Preview {
  title: string;
  plan: Plan;
  /** Makes the plan anew from what stands by then. */
  make: () => Plan;
  reason?: string;
  /** Why it was not done at once. */
  notice?: string;
}

/** What an undo left as it is, because somebody else has changed it since. */
export interface Overtaken extends Cell {
  now?: GradeConflict["current"];
}

type Book = ReturnType<typeof useGradebook>;

/** Changes many cells in one request, all of them or none, and takes back what was done. */
export function useBatch(book: Book) {
  const { t } = useTranslation();
  const { courseId, model, history, settled, refresh, changed } = book;
  const [preview, setPreview] = useState<Preview>();
  const [overtaken, setOvertaken] = useState<Overtaken[]>([]);
  // Steps follow each other: an undo builds on the versions that the one before it wrote.
  const queue = useRef<Promise<void>>(Promise.resolve());

  const send = useCallback(
    async (asked: Preview): Promise<void> => {
      const { changes } = asked.plan;
      model.setPendings(changes, "saving");
      try {
        const grades = await recordGrades(
          courseId,
          changes.map(({ userId, assignmentId, from, to, version, restore }) => ({
            user_id: userId,
            assignment_id: assignmentId,
            ...(restore === undefined ? changeOf(to, from) : { restore }),
            version,
          })),
          asked.reason,
        );
        history.push(
          grades.map((grade, i) => ({
            userId: grade.user_id,
            assignmentId: grade.assignment_id,
            // Each change makes one version more of a grade.
            before: changes[i]?.version ?? grade.version - 1,
            after: grade.version,
          })),
        );
        model.writtenAll(grades);
        changed();
        setPreview(undefined);
        announce(t("grading.batch.done", { count: grades.length }));
      } catch (error) {
        model.setPendings(changes, undefined);
        await refresh();
        const conflicts = asProblem(error).conflicts.length;
        const notice = hasStatus(error, 409)
          ? t("grading.batch.overtaken", { count: conflicts })
          : t("grading.batch.failed", { reason: asProblem(error).detail });
        setPreview({ ...asked, plan: asked.make(), notice });
        announce(notice);
      }
    },
    [courseId, model, history, refresh, changed, t],
  );

  const enqueue = useCallback((work: () => Promise<void>) => {
    queue.current = queue.current.then(work, work);
    return queue.current;
  }, []);

  /** Shows what would change, and waits. */
  const ask = useCallback(
    (title: string, make: () => Plan, reason?: string) =>
      enqueue(async () => {
        await settled();
        setPreview({ title, make, plan: make(), reason });
      }),
    [enqueue, settled],
  );

  /** Changes at once; only what cannot be done so is shown. */
  const apply = useCallback(
    (title: string, make: () => Plan) =>
      enqueue(async () => {
        await settled();
        const plan = make();
        if (plan.refused || plan.invalid.length > 0) setPreview({ title, make, plan });
        else if (plan.changes.length === 0) announce(t("grading.batch.nothing"));
        else await send({ title, make, plan });
      }),
    [enqueue, settled, send, t],
  );

  const travel = useCallback(
    (find: (history: EditHistory) => Way | undefined, settle: "wasUndone" | "wasRedone") =>
      enqueue(async () => {
        await settled();
        const way = find(history);
        if (!way) return announce(t("grading.batch.nothing"));
        const left: Overtaken[] = way.overtaken.map((cell) => ({ ...cell }));
        try {
          const versions = await restoreAll(courseId, way, left, model.writtenAll);
          history[settle](way.edits, versions);
          changed();
          announce(t(`grading.batch.${settle}`, { count: way.edits.length }));
          setOvertaken(left);
        } catch (error) {
          announce(t("grading.batch.failed", { reason: asProblem(error).detail }));
        }
      }),
    [enqueue, settled, history, courseId, model, changed, t],
  );

  /** Brings one cell back to what stood at an earlier version, whoever changed it since. */
  const restore = useCallback(
    (cell: Cell, version: number) =>
      enqueue(async () => {
        await settled();
        const before = model.cell(cell.userId, cell.assignmentId).version;
        const edit = { ...cell, before, after: 0 };
        const restoring = [{ ...cell, restore: version, version: before }];
        const left: Overtaken[] = [];
        try {
          const way = { edits: [edit], restoring, overtaken: [] };
          const [after] = await restoreAll(courseId, way, left, model.writtenAll);
          if (after !== undefined) history.push([{ ...edit, after }]);
          changed(cell.assignmentId);
          setOvertaken(left);
          if (after !== undefined) announce(t("grading.batch.done", { count: 1 }));
        } catch (error) {
          announce(t("grading.batch.failed", { reason: asProblem(error).detail }));
        }
      }),
    [enqueue, settled, model, courseId, history, changed, t],
  );

  return {
    preview,
    overtaken,
    ask,
    apply,
    restore,
    confirm: () => preview && enqueue(() => send(preview)),
    dismiss: () => setPreview(undefined),
    acknowledge: () => setOvertaken([]),
    undo: () => travel((steps) => steps.undo(), "wasUndone"),
    redo: () => travel((steps) => steps.redo(), "wasRedone"),
  };
}

/** Leaves out what somebody else changed, again until the rest is taken; answers its versions. */
async function restoreAll(
  courseId: number,
  way: Way,
  left: Overtaken[],
  written: Book["model"]["writtenAll"],
): Promise<number[]> {
  while (way.edits.length > 0) {
    try {
      const grades = await recordGrades(
        courseId,
        way.restoring.map(({ userId, assignmentId, restore, version }) => ({
          user_id: userId,
          assignment_id: assignmentId,
          restore,
          version,
        })),
      );
      written(grades);
      return grades.map((grade) => grade.version);
    } catch (error) {
      const conflicts = asProblem(error).conflicts as GradeConflict[];
      if (!hasStatus(error, 409) || conflicts.length === 0) throw error;
      const met = new Map(conflicts.map((conflict) => [conflict.index, conflict.current]));
      for (const [index, now] of met) {
        const edit = way.edits[index];
        if (edit) left.push({ userId: edit.userId, assignmentId: edit.assignmentId, now });
      }
      way.edits = way.edits.filter((_, index) => !met.has(index));
      way.restoring = way.restoring.filter((_, index) => !met.has(index));
    }
  }
  return [];
}
