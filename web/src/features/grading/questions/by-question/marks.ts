import type { MarkInput, QuestionMark } from "../questions-api";
import type { AnswerGroup, GroupedMark } from "./by-question-api";

/** Which marks of a group are to be given: those that wait, or all again where none does. */
export function toGive(group: AnswerGroup): GroupedMark[] {
  return group.waiting > 0 ? group.marks.filter((mark) => mark.score === null) : group.marks;
}

/** What all of these stand with; undefined where they differ or there are none. */
export function standing(
  marks: GroupedMark[],
): Pick<GroupedMark, "score" | "feedback"> | undefined {
  const [first, ...others] = marks;
  const alike = others.every(
    (mark) => mark.score === first?.score && mark.feedback === first.feedback,
  );
  return alike ? first : undefined;
}

/** What takes marks back that were given: what stood before, upon what stands now. */
export function takingBack(
  questionId: string,
  before: GroupedMark[],
  given: QuestionMark[],
): MarkInput[] {
  const inputs = new Map<string, MarkInput>();
  for (const mark of given) {
    const was = before.find((one) => one.submission_id === mark.submission_id);
    const { score = null, feedback = "" } = was ?? {};
    const name = JSON.stringify([score, feedback]);
    const input = inputs.get(name) ?? { question_id: questionId, score, feedback, marks: [] };
    input.marks.push({ submission_id: mark.submission_id, version: mark.version });
    inputs.set(name, input);
  }
  return [...inputs.values()];
}
