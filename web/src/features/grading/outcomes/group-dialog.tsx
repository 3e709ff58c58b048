import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldError } from "../../../lib/problem";
import { Button } from "../../../ui/button";
import { SelectField, TextArea, TextField } from "../../../ui/field";
import { FormDialog } from "../../../ui/form-dialog";
import { deleteGroup, type OutcomeGroup, type Owner, saveGroup } from "./outcomes-api";

interface GroupDialogProps {
  owner: Owner;
  group?: OutcomeGroup;
  /** The owner's own. */
  groups: OutcomeGroup[];
  onClose: () => void;
}

/** Makes or changes a group of outcomes, and takes an empty one away. */
export function OutcomeGroupDialog({ owner, group, groups, onClose }: GroupDialogProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState({
    code: group?.code ?? "",
    title: group?.title ?? "",
    description: group?.description ?? "",
    parent: String(group?.parent_id ?? ""),
  });
  const set = (part: Partial<typeof draft>) => setDraft((now) => ({ ...now, ...part }));
  const change = useMutation({
    mutationFn: async (what: "save" | "delete") => {
      if (what === "delete" && group) return deleteGroup(group);
      await saveGroup(owner, group?.outcome_group_id, {
        code: draft.code.trim(),
        title: draft.title,
        description: draft.description,
        parent_id: draft.parent ? Number(draft.parent) : null,
        version: group?.version,
      });
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({
        queryKey: "courseId" in owner ? ["course", owner.courseId] : ["account", owner.accountId],
      });
      onClose();
    },
  });
  const { error, isPending } = change;
  return (
    <FormDialog
      title={group ? t("outcomes.groups.edit", { title: group.title }) : t("outcomes.groups.add")}
      mutation={{ mutate: () => change.mutate("save"), isPending, error }}
      extra={
        group && (
          <Button kind="danger" onClick={() => change.mutate("delete")}>
            {t("outcomes.groups.delete")}
          </Button>
        )
      }
      onClose={onClose}
    >
      <TextField
        label={t("outcomes.fields.code")}
        help={t("outcomes.fields.codeHelp")}
        required
        value={draft.code}
        error={fieldError(error, "code")}
        onChange={(event) => set({ code: event.target.value })}
      />
      <TextField
        label={t("outcomes.fields.title")}
        required
        value={draft.title}
        error={fieldError(error, "title")}
        onChange={(event) => set({ title: event.target.value })}
      />
      <TextArea
        label={t("outcomes.fields.description")}
        rows={2}
        value={draft.description}
        error={fieldError(error, "description")}
        onChange={(event) => set({ description: event.target.value })}
      />
      <SelectField
        label={t("outcomes.groups.in")}
        choices={[
          { value: "", label: t("outcomes.fields.noGroup") },
          ...groups
            .filter((one) => one !== group)
            .map((one) => ({ value: String(one.outcome_group_id), label: one.title })),
        ]}
        value={draft.parent}
        error={fieldError(error, "parent_id")}
        onChange={(event) => set({ parent: event.target.value })}
      />
    </FormDialog>
  );
}
