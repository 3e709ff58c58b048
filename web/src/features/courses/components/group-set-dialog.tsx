import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldError } from "../../../lib/problem";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { CheckField, TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { createGroupSet, type GroupSet, groupSetsQuery, saveGroupSet } from "../groups-api";

interface GroupSetDialogProps {
  courseId: number;
  set: GroupSet | undefined;
  onClose: () => void;
}

/** Makes or changes a group set: its name, who says who is in which group, and how many may be. */
export function GroupSetDialog({ courseId, set, onClose }: GroupSetDialogProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [name, setName] = useState(set?.name ?? "");
  const [selfSignUp, setSelfSignUp] = useState(set?.self_sign_up ?? false);
  const [limit, setLimit] = useState(String(set?.size_limit ?? ""));
  const mutation = useMutation({
    mutationFn: () => {
      const size_limit = limit ? Number(limit) : null;
      const input = { name, self_sign_up: selfSignUp, size_limit };
      return set ? saveGroupSet(set, input) : createGroupSet(courseId, input);
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: groupSetsQuery(courseId).queryKey });
      onClose();
    },
  });
  return (
    <Dialog title={t(set ? "courses.groups.editSet" : "courses.groups.newSet")} onClose={onClose}>
      <Form error={mutation.error} onSubmit={() => mutation.isPending || mutation.mutate()}>
        <TextField
          label={t("courses.groups.name")}
          required
          value={name}
          error={fieldError(mutation.error, "name")}
          onChange={(event) => setName(event.target.value)}
        />
        <CheckField
          label={t("courses.groups.selfSignUp")}
          help={t("courses.groups.selfSignUpHelp")}
          checked={selfSignUp}
          onChange={(event) => setSelfSignUp(event.target.checked)}
        />
        <TextField
          label={t("courses.groups.sizeLimit")}
          help={t("courses.groups.sizeLimitHelp")}
          type="number"
          min={1}
          value={limit}
          error={fieldError(mutation.error, "size_limit")}
          onChange={(event) => setLimit(event.target.value)}
        />
        <div className="dialog-actions">
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button kind="primary" type="submit" busy={mutation.isPending}>
            {t("action.save")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
