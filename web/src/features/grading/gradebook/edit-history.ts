import type { Cell } from "./use-gradebook";

/** One cell of something a person did: which version of it stood before, and which after. */
export interface Edit extends Cell {
  before: number;
  after: number;
}

/** A cell to be taken to an earlier version, upon the one that stands now. */
export interface Restoring extends Cell {
  restore: number;
  version: number;
}

/** What is left to do of an undo, and what cannot be: somebody else has changed it since. */
export interface Way {
  edits: Edit[];
  restoring: Restoring[];
  overtaken: Cell[];
}

const MOST_STEPS = 50;

/**
 * What this person did here, newest last, so that it can be undone and done again. It holds
 * versions, not values: the server brings back exactly what stood, whatever that was.
 */
export class EditHistory {
  private done: Edit[][] = [];
  private undone: Edit[][] = [];
  // The version each cell has by our own hand, and which version's content that is.
  private mine = new Map<string, { version: number; content: number }>();

  get canUndo(): boolean {
    return this.done.length > 0;
  }

  get canRedo(): boolean {
    return this.undone.length > 0;
  }

  /** Something new was done: what had been undone can no longer be done again. */
  push(edits: Edit[]): void {
    if (edits.length === 0) return;
    for (const edit of edits) {
      this.mine.set(keyOf(edit), { version: edit.after, content: edit.after });
    }
    this.done.push(edits);
    if (this.done.length > MOST_STEPS) this.done.shift();
    this.undone = [];
  }

  undo(): Way | undefined {
    return this.way(this.done, (edit) => [edit.after, edit.before]);
  }

  redo(): Way | undefined {
    return this.way(this.undone, (edit) => [edit.before, edit.after]);
  }

  /** The newest step was undone, as far as it could be; those cells now have these versions. */
  wasUndone(edits: Edit[], versions: number[]): void {
    this.settle(edits, versions, (edit) => edit.before);
    this.done.pop();
    if (edits.length > 0) this.undone.push(edits);
  }

  wasRedone(edits: Edit[], versions: number[]): void {
    this.settle(edits, versions, (edit) => edit.after);
    this.undone.pop();
    if (edits.length > 0) this.done.push(edits);
  }

  private settle(edits: Edit[], versions: number[], content: (edit: Edit) => number): void {
    edits.forEach((edit, i) => {
      this.mine.set(keyOf(edit), { version: versions[i] ?? 0, content: content(edit) });
    });
  }

  private way(steps: Edit[][], ends: (edit: Edit) => [number, number]): Way | undefined {
    const step = steps.at(-1);
    if (!step) return undefined;
    const way: Way = { edits: [], restoring: [], overtaken: [] };
    for (const edit of step) {
      const { userId, assignmentId } = edit;
      const [from, to] = ends(edit);
      const mine = this.mine.get(keyOf(edit));
      if (mine?.content !== from) {
        way.overtaken.push({ userId, assignmentId });
      } else {
        way.edits.push(edit);
        way.restoring.push({ userId, assignmentId, restore: to, version: mine.version });
      }
    }
    return way;
  }
}

function keyOf({ userId, assignmentId }: Cell): string {
  return `${userId}:${assignmentId}`;
}
