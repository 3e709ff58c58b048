import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldError } from "../../../lib/problem";
import { Button } from "../../../ui/button";
import { CheckField, TextField } from "../../../ui/field";
import { FormDialog } from "../../../ui/form-dialog";
import { toast } from "../../../ui/toast";
import {
  type AssignmentGroup,
  assignmentsQuery,
  createGroup,
  deleteGroup,
  type GroupInput,
  saveGroup,
} from "../api";

interface GroupDialogProps {
  courseId: number;
  group: AssignmentGroup | undefined;
  onClose: () => void;
}

const blank: GroupInput = {
  name: "",
  weight_percent: 0,
  drop_lowest: 0,
  drop_highest: 0,
  never_drop: [],
  extra_credit: false,
};

const figures = ["weight_percent", "drop_lowest", "drop_highest"] as const;

/** Makes, changes or removes a group of assignments. */
export function GroupDialog({ courseId, group, onClose }: GroupDialogProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [input, setInput] = useState<GroupInput>(group ?? blank);
  const change = (part: Partial<GroupInput>) => setInput((now) => ({ ...now, ...part }));
  const onSuccess = async () => {
    await queryClient.invalidateQueries({ queryKey: ["course", courseId] });
    onClose();
  };
  const save = useMutation({
    mutationFn: () =>
      group
        ? saveGroup(group.assignment_group_id, { ...input, version: group.version })
        : createGroup(courseId, input),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: (one: AssignmentGroup) => deleteGroup(one.assignment_group_id, one.version),
    onSuccess: async () => {
      toast(t("grading.groups.removed", { name: input.name }));
      await onSuccess();
    },
  });
  const error = save.error ?? remove.error;

  return (
    <FormDialog
      title={t(group ? "grading.groups.edit" : "grading.groups.add")}
      mutation={{ mutate: save.mutate, isPending: save.isPending, error }}
      extra={
        group && (
          <Button kind="danger" busy={remove.isPending} onClick={() => remove.mutate(group)}>
            {t("grading.groups.remove")}
          </Button>
        )
      }
      onClose={onClose}
    >
      <TextField
        label={t("grading.groups.name")}
        required
        value={input.name}
        error={fieldError(error, "name")}
        onChange={(event) => change({ name: event.target.value })}
      />
      <div className="form-grid">
        {figures.map((field) => (
          <TextField
            key={field}
            label={t(`grading.groups.${field}`)}
            type="number"
            min={0}
            step={field === "weight_percent" ? "any" : 1}
            value={input[field]}
            error={fieldError(error, field)}
            onChange={(event) => change({ [field]: event.target.valueAsNumber || 0 })}
          />
        ))}
      </div>
      {group && input.drop_lowest + input.drop_highest > 0 && (
        <NeverDrop
          courseId={courseId}
          groupId={group.assignment_group_id}
          drops={input.drop_lowest + input.drop_highest}
          chosen={input.never_drop}
          onChange={(never_drop) => change({ never_drop })}
        />
      )}
      <CheckField
        label={t("grading.groups.extraCredit")}
        help={t("grading.groups.extraCreditHelp")}
        checked={input.extra_credit}
        onChange={(event) => change({ extra_credit: event.target.checked })}
      />
    </FormDialog>
  );
}

interface NeverDropProps {
  courseId: number;
  groupId: number;
  /** How many the rules ask to drop. */
  drops: number;
  chosen: number[];
  onChange: (chosen: number[]) => void;
}

function NeverDrop({ courseId, groupId, drops, chosen, onChange }: NeverDropProps) {
  const { t } = useTranslation();
  const all = useQuery(assignmentsQuery(courseId)).data ?? [];
  const inGroup = all.filter((one) => one.assignment_group_id === groupId);
  const count = inGroup.filter((one) => !chosen.includes(one.assignment_id)).length;
  if (inGroup.length === 0) return null;
  return (
    <fieldset className="stack-tight">
      {count > 0 && drops >= count && (
        <p className="notice" data-tone="warn" role="status">
          {t("grading.groups.dropsAll", { count })}
        </p>
      )}
      <legend className="field-legend">{t("grading.groups.neverDrop")}</legend>
      {inGroup.map(({ assignment_id, title }) => (
        <CheckField
          key={assignment_id}
          label={title}
          checked={chosen.includes(assignment_id)}
          onChange={(event) =>
            onChange(
              event.target.checked
                ? [...chosen, assignment_id]
                : chosen.filter((one) => one !== assignment_id),
            )
          }
        />
      ))}
    </fieldset>
  );
}
