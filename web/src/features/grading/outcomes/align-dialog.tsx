import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CheckField } from "../../../ui/field";
import { FormDialog } from "../../../ui/form-dialog";
import {
  type Alignment,
  type AlignmentInput,
  align,
  type CourseOutcome,
  type CourseOutcomes,
} from "./outcomes-api";

interface AlignDialogProps {
  courseId: number;
  taken: CourseOutcome;
  choices: CourseOutcomes["choices"];
  onClose: () => void;
}

const keyOf = (one: AlignmentInput | Alignment) =>
  one.assignment_id !== null
    ? `assignment ${one.assignment_id}`
    : `${one.rubric_id} ${one.criterion_id}`;

/** What shows an outcome: criteria of the course's rubrics, and scores of its assignments. */
export function AlignDialog({ courseId, taken, choices, onClose }: AlignDialogProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const known = everyChoice(choices, taken.alignments);
  const [chosen, setChosen] = useState(() => new Set(taken.alignments.map(keyOf)));
  const save = useMutation({
    mutationFn: () =>
      align(
        taken,
        known.filter((one) => chosen.has(keyOf(one.to))).map((one) => one.to),
      ),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ["course", courseId] });
      onClose();
    },
  });
  const toggle = (key: string) =>
    setChosen((now) => {
      const next = new Set(now);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  const part = (title: string, help: string, list: typeof known) =>
    list.length > 0 && (
      <fieldset className="stack-tight">
        <legend>{title}</legend>
        <p className="small muted">{help}</p>
        {list.map((one) => (
          <CheckField
            key={keyOf(one.to)}
            label={one.label}
            checked={chosen.has(keyOf(one.to))}
            onChange={() => toggle(keyOf(one.to))}
          />
        ))}
      </fieldset>
    );
  return (
    <FormDialog
      title={t("outcomes.align.title", { code: taken.outcome.code })}
      mutation={save}
      disabled={known.length === 0}
      onClose={onClose}
    >
      {known.length === 0 && <p>{t("outcomes.align.nothing")}</p>}
      {part(
        t("outcomes.align.criteria"),
        t("outcomes.align.criteriaHelp"),
        known.filter((one) => one.to.assignment_id === null),
      )}
      {part(
        t("outcomes.align.assignments"),
        t("outcomes.align.assignmentsHelp"),
        known.filter((one) => one.to.assignment_id !== null),
      )}
    </FormDialog>
  );
}

/** What could be chosen, and what was and could not be any more. */
function everyChoice(choices: CourseOutcomes["choices"], now: readonly Alignment[]) {
  const list: { to: AlignmentInput; label: string }[] = [
    ...choices.criteria.map((one) => ({
      to: { rubric_id: one.rubric_id, criterion_id: one.criterion_id, assignment_id: null },
      label: `${one.rubric}: ${one.criterion}`,
    })),
    ...choices.assignments.map((one) => ({
      to: { rubric_id: null, criterion_id: null, assignment_id: one.assignment_id },
      label: one.title,
    })),
  ];
  const there = new Set(list.map((one) => keyOf(one.to)));
  const gone = now.filter((one) => !there.has(keyOf(one)));
  return [
    ...list,
    ...gone.map(({ rubric_id, criterion_id, assignment_id, ...words }) => ({
      to: { rubric_id, criterion_id, assignment_id },
      label: words.assignment ?? `${words.rubric}: ${words.criterion}`,
    })),
  ];
}
