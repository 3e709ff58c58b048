import {
  flag,
  type Gradebook,
  type GradebookAssignment,
  type GradebookChanges,
  type GradebookRow,
  type GradebookStudent,
  type GradeNow,
  type GradeWritten,
} from "../grades-api";
import { isHidden } from "./column-state";
import type { Formula } from "./formula/formula";
import type { Entry, Scale } from "./score-text";

/** A value a person entered that the server has not taken yet. Nothing here is ever thrown away. */
export interface Pending {
  state: "saving" | "failed" | "conflict";
  score: number | null;
  excused: boolean;
  /** The version the person saw when they began to type. */
  version: number;
  reason?: string;
  now?: GradeNow;
}

const FLASH_MS = 1_600;

/** The open gradebook: the server's rows, what is on its way there, and what others just changed. */
export class GradebookModel {
  version = 0;
  students: GradebookStudent[] = [];
  /** How many learners the course has; more than are here while the rest is on its way. */
  learnerCount = 0;
  assignments: GradebookAssignment[] = [];
  groups: NonNullable<Gradebook["groups"]> = [];
  refolding = false;
  /** Final grades may be set by hand here, or some were. */
  overrides = false;
  /** The course's letters, once they are known. */
  bands: Scale["bands"] = [];
  /** What is worked out beside the grades, if anything. */
  formula: { name: string; of: Formula } | undefined;
  private structureVersion = 0;
  private rows = new Map<number, GradebookRow>();
  private columnOf = new Map<number, number>();
  private known = new Set<number>();
  private pending = new Map<string, Pending>();
  private flashes = new Map<string, number>();
  private listeners = new Set<() => void>();
  private revision = 0;
  private complete: (() => void) | undefined;
  private completed = new Promise<void>((resolve) => {
    this.complete = resolve;
  });

  /** Takes what was read; answers whether something newer had been taken already. */
  load(book: Gradebook, locale: string): boolean {
    const isBehind = book.version < this.version;
    this.version = book.version;
    const collator = new Intl.Collator(locale);
    this.students = [...(book.students ?? [])].sort((a, b) =>
      collator.compare(a.sortable_name, b.sortable_name),
    );
    this.assignments = book.assignments ?? [];
    this.groups = book.groups ?? [];
    this.known = new Set(this.students.map((student) => student.user_id));
    this.refolding = book.refolding;
    this.structureVersion = book.structure_version;
    this.columnOf = new Map(this.assignments.map((a, i) => [a.assignment_id, i]));
    this.rows = new Map(book.rows.map((row) => [row.u, row]));
    this.overrides = book.final_override === true || book.rows.some(isOverridden);
    this.learnerCount = Math.max(book.learner_count ?? 0, this.students.length);
    if (!this.partial) this.complete?.();
    this.changed();
    return isBehind;
  }

  /** Only the first learners are here yet. */
  get partial(): boolean {
    return this.learnerCount > this.students.length;
  }

  /** Waits until everybody is here: what is done to a whole column is done to all of it. */
  whole(): Promise<void> {
    return this.completed;
  }

  /** How an assignment is graded. */
  scaleOf(assignmentId: number): Scale {
    const assignment = this.assignments[this.columnOf.get(assignmentId) ?? -1];
    return {
      type: assignment?.grading_type ?? "points",
      points: assignment?.points_possible ?? 0,
      bands: this.bands,
    };
  }

  /** The course's letters were read; cells that show them are drawn again. */
  lettered(bands: Scale["bands"]): void {
    this.bands = bands;
    this.changed();
  }

  /** Another formula is shown, or none. */
  compute(formula: GradebookModel["formula"]): void {
    if (!formula && !this.formula) return;
    this.formula = formula;
    this.changed();
  }

  /** What the formula comes to for a learner. */
  computed(userId: number): number | null {
    const total = (which: "current" | "final") => this.rows.get(userId)?.t[which] ?? null;
    const score = (assignmentId: number) => this.cell(userId, assignmentId).score;
    return this.formula?.of({ score, total }) ?? null;
  }

  /** Columns after the assignments: final grades set by hand, and a formula. */
  get more(): ("override" | "formula")[] {
    return [
      ...(this.overrides ? (["override"] as const) : []),
      ...(this.formula ? (["formula"] as const) : []),
    ];
  }

  /** Takes what others changed; answers the cells that differ, or undefined when all must be read. */
  apply(changes: GradebookChanges): { userId: number; assignmentId: number }[] | undefined {
    if (changes.structure_version !== this.structureVersion) return undefined;
    if (changes.rows.some((row) => !this.fits(row))) return undefined;
    const touched: { userId: number; assignmentId: number }[] = [];
    for (const row of changes.rows) {
      const before = this.rows.get(row.u);
      this.assignments.forEach(({ assignment_id }, column) => {
        const key = cellKey(row.u, assignment_id);
        if (before?.v[column] === row.v[column] || this.pending.has(key)) return;
        touched.push({ userId: row.u, assignmentId: assignment_id });
        this.flash(key);
      });
      this.rows.set(row.u, row);
      this.overrides ||= isOverridden(row);
    }
    this.version = Math.max(this.version, changes.version);
    this.refolding = changes.refolding;
    this.changed();
    return touched;
  }

  row(userId: number): GradebookRow | undefined {
    return this.rows.get(userId);
  }

  cell(userId: number, assignmentId: number) {
    const row = this.rows.get(userId);
    const column = this.columnOf.get(assignmentId) ?? -1;
    // A scrolled screen asks for a thousand cells, and most of the time none of them is on its way.
    const isQuiet = this.pending.size + this.flashes.size === 0;
    const key = isQuiet ? "" : cellKey(userId, assignmentId);
    const assignment = this.assignments[column];
    const flags = row?.f[column] ?? 0;
    const stands = { score: row?.s[column] ?? null, flags, version: row?.v[column] ?? 0 };
    return {
      ...stands,
      excused: (flags & flag.excused) !== 0,
      hidden: assignment !== undefined && isHidden(stands, assignment),
      pending: this.pending.get(key),
      flashing: this.flashes.has(key),
    };
  }

  setPending(userId: number, assignmentId: number, pending: Pending | undefined): void {
    const key = cellKey(userId, assignmentId);
    if (pending) this.pending.set(key, pending);
    else this.pending.delete(key);
    this.changed();
  }

  /** Marks many cells as on their way, or takes the marks off. */
  setPendings = (
    changes: { userId: number; assignmentId: number; to: Entry; version: number }[],
    state: "saving" | undefined,
  ): void => {
    for (const { userId, assignmentId, to, version } of changes) {
      const key = cellKey(userId, assignmentId);
      if (state) this.pending.set(key, { ...to, version, state });
      else this.pending.delete(key);
    }
    this.changed();
  };

  get unsaved(): number {
    return this.pending.size;
  }

  /** Our own write, as the server took it; a newer value of ours may already be on its way. */
  written(userId: number, assignmentId: number, grade: GradeWritten, more = false): void {
    this.put(userId, assignmentId, grade);
    if (!more) this.pending.delete(cellKey(userId, assignmentId));
    this.changed();
  }

  /** Many of our own at once. */
  writtenAll = (grades: GradeWritten[]): void => {
    for (const grade of grades) {
      this.put(grade.user_id, grade.assignment_id, grade);
      this.pending.delete(cellKey(grade.user_id, grade.assignment_id));
    }
    this.changed();
  };

  private put(userId: number, assignmentId: number, grade: GradeWritten): void {
    const row = this.rows.get(userId) ?? this.blank(userId);
    const column = this.columnOf.get(assignmentId);
    // The stream may have brought what somebody else made of it since.
    if (column === undefined || (row.v[column] ?? 0) > grade.version) return;
    this.rows.set(userId, {
      ...row,
      s: row.s.with(column, grade.score),
      f: row.f.with(column, grade.flags),
      v: row.v.with(column, grade.version),
      t: grade.row_totals,
    });
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  snapshot = (): number => this.revision;

  private fits(row: GradebookRow): boolean {
    return this.known.has(row.u) && row.s.length === this.assignments.length;
  }

  /** A learner who has never been graded has no row yet. */
  private blank(userId: number): GradebookRow {
    const zeros = this.assignments.map(() => 0);
    const t = { current: null, final: null, current_letter: null, final_letter: null };
    return { u: userId, s: zeros.map(() => null), f: zeros, v: zeros, t };
  }

  private flash(key: string): void {
    const at = Date.now();
    this.flashes.set(key, at);
    setTimeout(() => {
      if (this.flashes.get(key) !== at) return;
      this.flashes.delete(key);
      this.changed();
    }, FLASH_MS);
  }

  private changed(): void {
    this.revision += 1;
    for (const listener of this.listeners) listener();
  }
}

function isOverridden({ o }: GradebookRow): boolean {
  return typeof o?.percent === "number" || Boolean(o?.status_code);
}

function cellKey(userId: number, assignmentId: number): string {
  return `${userId}:${assignmentId}`;
}
