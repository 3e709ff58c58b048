import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldError } from "../../../lib/problem";
import { TextArea } from "../../../ui/field";
import { FormDialog } from "../../../ui/form-dialog";
import { toast } from "../../../ui/toast";
import { requestRevision } from "./speed-api";

interface ReturnDialogProps {
  assignmentId: number;
  userId: number;
  name: string;
  onReturned: () => void;
  onClose: () => void;
}

/** Gives work back with a note; the learner may hand in once more. */
export function ReturnDialog(props: ReturnDialogProps) {
  const { assignmentId, userId, name, onReturned, onClose } = props;
  const { t } = useTranslation();
  const [note, setNote] = useState("");
  const mutation = useMutation({
    mutationFn: () => requestRevision(assignmentId, userId, note),
    onSuccess: () => {
      toast(t("speed.return.done", { name }));
      onReturned();
    },
  });
  return (
    <FormDialog
      title={t("speed.return.title", { name })}
      save={t("speed.return.send")}
      mutation={{ mutate: mutation.mutate, isPending: mutation.isPending, error: mutation.error }}
      onClose={onClose}
    >
      <TextArea
        label={t("speed.return.note")}
        help={t("speed.return.help")}
        rows={5}
        value={note}
        error={fieldError(mutation.error, "note")}
        onChange={(event) => setNote(event.target.value)}
      />
    </FormDialog>
  );
}
