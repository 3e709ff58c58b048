import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldError } from "../../../lib/problem";
import { TextField } from "../../../ui/field";
import { FormDialog } from "../../../ui/form-dialog";
import { toast } from "../../../ui/toast";
import { dealOut, type GroupSet, groupsQuery } from "../groups-api";

interface DealOutDialogProps {
  set: GroupSet;
  onClose: () => void;
}

/** Puts the learners who are in no group into groups, evenly and by chance. */
export function DealOutDialog({ set, onClose }: DealOutDialogProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [groups, setGroups] = useState("");
  const mutation = useMutation({
    mutationFn: () => dealOut(set, groups ? Number(groups) : null),
    onSuccess: async ({ dealt }) => {
      await queryClient.invalidateQueries({ queryKey: groupsQuery(set.group_set_id).queryKey });
      toast(t("courses.groups.dealt", { count: dealt }));
      onClose();
    },
  });
  return (
    <FormDialog
      title={t("courses.groups.dealTitle", { name: set.name })}
      mutation={mutation}
      save={t("courses.groups.deal")}
      onClose={onClose}
    >
      <TextField
        label={t("courses.groups.dealInto")}
        help={t("courses.groups.dealIntoHelp")}
        type="number"
        min={1}
        value={groups}
        error={fieldError(mutation.error, "groups")}
        onChange={(event) => setGroups(event.target.value)}
      />
    </FormDialog>
  );
}
