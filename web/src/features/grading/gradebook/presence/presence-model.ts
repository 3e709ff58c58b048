/** Where in the grid another grader is. */
export interface GraderPlace {
  /** The learner of the line; null where only the column is said. */
  user_id: number | null;
  assignment_id: number;
  typing: boolean;
}

/** Another grader who has the gradebook open. */
export interface OtherGrader {
  user_id: number;
  name: string;
  place: GraderPlace | null;
}

/** Those who are at one cell. */
export interface CellGraders {
  assignmentId: number;
  graders: OtherGrader[];
}

interface Crowd {
  people: OtherGrader[];
  /** How many more there are than are named. */
  more: number;
}

const NOBODY: Crowd = { people: [], more: 0 };
const NOWHERE: CellGraders[] = [];

/** The other graders as the stream last told of them. A line of the grid changes only when its own do. */
export class PresenceModel {
  people: OtherGrader[] = [];
  more = 0;
  private byLine = new Map<number, CellGraders[]>();
  private listeners = new Set<() => void>();
  private revision = 0;

  /** Takes an event of the stream; without data nothing is known, so nobody is shown. */
  hear = (data: string): void => {
    const crowd: Crowd = data ? JSON.parse(data) : NOBODY;
    if (this.people.length + this.more + crowd.people.length + crowd.more === 0) return;
    this.people = crowd.people;
    this.more = crowd.more;
    const before = this.byLine;
    this.byLine = new Map(
      [...lines(crowd.people)].map(([userId, cells]) => {
        const known = before.get(userId);
        return [userId, known && isSame(known, cells) ? known : cells];
      }),
    );
    this.revision += 1;
    for (const listener of this.listeners) listener();
  };

  /** Who is in a learner's line; the same array for as long as nothing there changes. */
  line(userId: number): CellGraders[] {
    return this.byLine.get(userId) ?? NOWHERE;
  }

  /** Who is at a cell. */
  at(userId: number, assignmentId: number): OtherGrader[] {
    return gradersAt(this.line(userId), assignmentId);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  snapshot = (): number => this.revision;
}

export function gradersAt(line: CellGraders[], assignmentId: number): OtherGrader[] {
  return line.find((cell) => cell.assignmentId === assignmentId)?.graders ?? [];
}

export function typists(graders: OtherGrader[]): OtherGrader[] {
  return graders.filter((one) => one.place?.typing);
}

/** One or two letters that stand for a name. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const picked = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return picked
    .map((word) => [...(word ?? "")][0] ?? "")
    .join("")
    .toLocaleUpperCase();
}

function lines(people: OtherGrader[]): Map<number, CellGraders[]> {
  const found = new Map<number, CellGraders[]>();
  for (const one of people) {
    if (!one.place?.user_id) continue;
    const { user_id: userId, assignment_id: assignmentId } = one.place;
    const line = found.get(userId) ?? [];
    const cell = line.find((known) => known.assignmentId === assignmentId);
    if (cell) cell.graders.push(one);
    else line.push({ assignmentId, graders: [one] });
    found.set(userId, line);
  }
  return found;
}

function isSame(one: CellGraders[], other: CellGraders[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
