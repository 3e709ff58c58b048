import jsep, { type Expression } from "jsep";

/** What a formula can ask of one learner. */
export interface FormulaSource {
  score: (assignmentId: number) => number | null;
  total: (which: "current" | "final") => number | null;
}

/** A formula that was understood; what it comes to for a learner is null where a value is missing. */
export type Formula = (source: FormulaSource) => number | null;

/** Why a formula was not understood: the key of a message, and what it names. */
export interface FormulaFault {
  why: "syntax" | "name" | "assignment" | "twice";
  name: string;
}

interface Named {
  assignment_id: number;
  title: string;
}

const LONGEST = 300;

/** Titles in brackets become numbers, so that a formula outlives a renamed assignment. */
export function toStored(typed: string, assignments: Named[]): string | FormulaFault {
  let fault: FormulaFault | undefined;
  const stored = typed.replace(/\[([^\]]*)\]/g, (_, name: string) => {
    const title = name.trim().toLocaleLowerCase();
    const meant = assignments.filter((one) => one.title.trim().toLocaleLowerCase() === title);
    if (meant.length !== 1) fault ??= { why: meant.length ? "twice" : "assignment", name };
    return `[${meant[0]?.assignment_id ?? 0}]`;
  });
  return fault ?? stored;
}

/** The other way round; an assignment that is gone stays a number. */
export function toShown(stored: string, assignments: Named[]): string {
  return stored.replace(/\[(\d+)\]/g, (whole, id: string) => {
    const title = assignments.find((one) => one.assignment_id === Number(id))?.title;
    return title === undefined ? whole : `[${title}]`;
  });
}

/** Understands a formula with numbers in brackets. Nothing of it is ever run as a program. */
export function compile(stored: string, assignments: Named[]): Formula | FormulaFault {
  const known = new Set(assignments.map((one) => `a${one.assignment_id}`));
  try {
    if (stored.length > LONGEST) throw new Fault("syntax", "");
    return part(jsep(stored.replace(/\[(\d+)\]/g, " a$1 ")), known);
  } catch (failure) {
    return failure instanceof Fault ? failure : { why: "syntax", name: "" };
  }
}

class Fault extends Error implements FormulaFault {
  constructor(
    readonly why: FormulaFault["why"],
    override readonly name: string,
  ) {
    super(why);
  }
}

const twoNumbers: Record<string, (a: number, b: number) => number> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "<": (a, b) => Number(a < b),
  "<=": (a, b) => Number(a <= b),
  ">": (a, b) => Number(a > b),
  ">=": (a, b) => Number(a >= b),
  "==": (a, b) => Number(a === b),
};

/** What is missing is left out of these; of nothing they come to nothing. */
const ofThoseThere: Record<string, (values: number[]) => number> = {
  sum: (values) => values.reduce((a, b) => a + b, 0),
  avg: (values) => values.reduce((a, b) => a + b, 0) / values.length,
  min: (values) => Math.min(...values),
  max: (values) => Math.max(...values),
};

function part(node: Expression, known: Set<string>): Formula {
  const of = (one: unknown) => part(one as Expression, known);
  switch (node.type) {
    case "Literal": {
      const { value } = node;
      if (typeof value !== "number") throw new Fault("syntax", String(value));
      return () => value;
    }
    case "Identifier":
      return named(String(node.name), known);
    case "UnaryExpression": {
      const inner = of(node.argument);
      if (node.operator !== "-") throw new Fault("syntax", String(node.operator));
      return (source) => finite(inner(source), 0, (value) => -value);
    }
    case "BinaryExpression": {
      const work = twoNumbers[String(node.operator)];
      if (!work) throw new Fault("syntax", String(node.operator));
      const [left, right] = [of(node.left), of(node.right)];
      return (source) => finite(left(source), right(source), work);
    }
    case "ConditionalExpression": {
      const [test, yes, no] = [of(node.test), of(node.consequent), of(node.alternate)];
      return (source) => {
        const decided = test(source);
        return decided === null ? null : decided ? yes(source) : no(source);
      };
    }
    case "CallExpression": {
      const name = String((node.callee as Expression).name);
      return called(name, (node.arguments as Expression[]).map(of));
    }
    default:
      throw new Fault("syntax", "");
  }
}

function named(name: string, known: Set<string>): Formula {
  if (name === "current" || name === "final") return (source) => source.total(name);
  if (!/^a\d+$/.test(name)) throw new Fault("name", name);
  const id = Number(name.slice(1));
  if (!known.has(name)) throw new Fault("assignment", String(id));
  return (source) => source.score(id);
}

function called(name: string, parts: Formula[]): Formula {
  const [first, second] = parts;
  if (name === "round" && first && parts.length <= 2) {
    return (source) =>
      finite(first(source), second ? second(source) : 0, (value, places) => {
        const scale = 10 ** Math.min(Math.max(Math.trunc(places), 0), 6);
        return Math.round(value * scale) / scale;
      });
  }
  const there = (source: FormulaSource) =>
    parts.map((one) => one(source)).filter((value) => value !== null);
  if (name === "count") return (source) => there(source).length;
  const work = ofThoseThere[name];
  if (!work || parts.length === 0) throw new Fault("name", name);
  return (source) => {
    const values = there(source);
    return values.length === 0 ? null : work(values);
  };
}

function finite(
  a: number | null,
  b: number | null,
  work: (a: number, b: number) => number,
): number | null {
  if (a === null || b === null) return null;
  const value = work(a, b);
  return Number.isFinite(value) ? value : null;
}
