import type { AnswerKey, AnswerKind, Question, QuestionInput } from "./questions-api";

/** A question while it is written: everything as text, whatever its kind is at the moment. */
export interface QuestionDraft {
  key: string;
  question_id: string | null;
  prompt: string;
  points: string;
  kind: AnswerKind;
  /** One answer a line. */
  accepted: string;
  ignore_case: boolean;
  ignore_space: boolean;
  ignore_accents: boolean;
  value: string;
  tolerance: string;
  tolerance_percent: boolean;
  /** Separated by semicolons. */
  units: string;
  unit_required: boolean;
  significant_figures: string;
  pattern: string;
  guidance: string;
  language: string;
  tests: TestDraft[];
  check_source: string;
  /** Everybody who hands in has the points. */
  credit_all: boolean;
  /** Other keys, one of which is enough. */
  also: AnswerKey[];
  /** The key as it stands, and whether it is to go on counting beside the new one. */
  before?: AnswerKey;
  accept_before: boolean;
}

/** A run of a program while it is written. */
export interface TestDraft {
  key: string;
  name: string;
  input: string;
  expected: string;
  points: string;
  hidden: boolean;
}

export function blankTest(): TestDraft {
  return {
    key: crypto.randomUUID(),
    name: "",
    input: "",
    expected: "",
    points: "1",
    hidden: false,
  };
}

export function blankQuestion(): QuestionDraft {
  return {
    key: crypto.randomUUID(),
    question_id: null,
    prompt: "",
    points: "1",
    kind: "exact",
    accepted: "",
    ignore_case: true,
    ignore_space: true,
    ignore_accents: false,
    value: "",
    tolerance: "",
    tolerance_percent: false,
    units: "",
    unit_required: false,
    significant_figures: "",
    pattern: "",
    guidance: "",
    language: "",
    tests: [blankTest()],
    check_source: "",
    credit_all: false,
    also: [],
    accept_before: false,
  };
}

export function draftOf(question: Question, say: (points: number) => string): QuestionDraft {
  const { exact, numeric, pattern, free_text, code } = question.key;
  const blank = blankQuestion();
  return {
    ...blank,
    question_id: question.question_id,
    prompt: question.prompt,
    points: say(question.points),
    kind: question.key.kind,
    accepted: exact?.accepted.join("\n") ?? "",
    ignore_case: exact?.ignore_case ?? pattern?.ignore_case ?? blank.ignore_case,
    ignore_space: exact?.ignore_space ?? blank.ignore_space,
    ignore_accents: exact?.ignore_accents ?? blank.ignore_accents,
    value: numeric?.value ?? "",
    tolerance: numeric?.tolerance ?? "",
    tolerance_percent: numeric?.tolerance_percent ?? false,
    units: numeric?.units?.join("; ") ?? "",
    unit_required: numeric?.unit_required ?? false,
    significant_figures: numeric?.significant_figures?.toString() ?? "",
    pattern: pattern?.pattern ?? "",
    guidance: free_text?.guidance ?? "",
    language: code?.language ?? "",
    tests:
      code?.tests.map((test) => ({ ...blankTest(), ...test, points: say(test.points) })) ??
      blank.tests,
    check_source: code?.check?.source ?? "",
    credit_all: question.credit_all ?? false,
    also: question.also ?? [],
    before: question.key,
  };
}

export function inputOf(
  draft: QuestionDraft,
  read: (text: string) => number | undefined,
): QuestionInput {
  const also = draft.accept_before && draft.before ? [...draft.also, draft.before] : draft.also;
  return {
    question_id: draft.question_id,
    prompt: draft.prompt,
    points: read(draft.points) ?? null,
    key: { kind: draft.kind, ...partOf(draft, read) },
    ...(draft.credit_all && { credit_all: true }),
    ...(also.length > 0 && hasOtherKeys(draft) && { also }),
  };
}

/** Whether answers of this kind can be right by one of several keys. */
export const hasOtherKeys = (draft: QuestionDraft) =>
  draft.kind !== "code" && draft.kind !== "free_text" && draft.kind === draft.before?.kind;

function partOf(draft: QuestionDraft, read: (text: string) => number | undefined): object {
  const { ignore_case, ignore_space, ignore_accents } = draft;
  switch (draft.kind) {
    case "exact":
      return {
        exact: { accepted: draft.accepted.split("\n"), ignore_case, ignore_space, ignore_accents },
      };
    case "numeric":
      return {
        numeric: {
          value: draft.value,
          tolerance: draft.tolerance || null,
          tolerance_percent: draft.tolerance_percent,
          units: draft.units.split(";"),
          unit_required: draft.unit_required,
          significant_figures: draft.significant_figures ? Number(draft.significant_figures) : null,
        },
      };
    case "pattern":
      return { pattern: { pattern: draft.pattern, ignore_case } };
    case "code":
      return {
        code: {
          language: draft.language,
          check_source: draft.check_source || null,
          tests: draft.tests.map(({ key: _, points, ...test }) => ({
            ...test,
            points: read(points) ?? 0,
          })),
        },
      };
    default:
      return { free_text: { guidance: draft.guidance } };
  }
}
