import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldError } from "../../../lib/problem";
import { Button } from "../../../ui/button";
import { CheckField, TextField } from "../../../ui/field";
import { FormDialog } from "../../../ui/form-dialog";
import {
  createGroupSet,
  deleteGroupSet,
  type GroupSet,
  groupSetsQuery,
  saveGroupSet,
} from "../groups-api";

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
  const onSuccess = async () => {
    await queryClient.invalidateQueries({ queryKey: groupSetsQuery(courseId).queryKey });
    onClose();
  };
  const mutation = useMutation({
    mutationFn: () => {
      const size_limit = limit ? Number(limit) : null;
      const input = { name, self_sign_up: selfSignUp, size_limit };
      return set ? saveGroupSet(set, input) : createGroupSet(courseId, input);
    },
    onSuccess,
  });
  const [removing, setRemoving] = useState(false);
  const { error } = mutation;
  if (set && removing) {
    return <RemoveGroupSet set={set} onDone={onSuccess} onClose={onClose} />;
  }

  return (
    <FormDialog
      title={t(set ? "courses.groups.editSet" : "courses.groups.newSet")}
      mutation={mutation}
      extra={
        set && (
          <Button kind="danger" onClick={() => setRemoving(true)}>
            {t("courses.groups.removeSet")}
          </Button>
        )
      }
      onClose={onClose}
    >
      <TextField
        label={t("courses.groups.name")}
        required
        value={name}
        error={fieldError(error, "name")}
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
        error={fieldError(error, "size_limit")}
        onChange={(event) => setLimit(event.target.value)}
      />
    </FormDialog>
  );
}

interface RemoveGroupSetProps {
  set: GroupSet;
  onDone: () => Promise<void>;
  onClose: () => void;
}

/** Asks first: the set goes with all of its groups. */
function RemoveGroupSet({ set, onDone, onClose }: RemoveGroupSetProps) {
  const { t } = useTranslation();
  const mutation = useMutation({ mutationFn: () => deleteGroupSet(set), onSuccess: onDone });
  return (
    <FormDialog
      title={t("courses.groups.removeSetTitle", { name: set.name })}
      mutation={mutation}
      save={t("courses.groups.removeSet")}
      danger
      onClose={onClose}
    >
      <p>{t("courses.groups.removeSetHelp")}</p>
    </FormDialog>
  );
}
