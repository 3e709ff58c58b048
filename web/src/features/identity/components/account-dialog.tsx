import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldError } from "../../../lib/problem";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { type AccountListed, accountsQuery, createAccount } from "../admin-api";

interface AccountDialogProps {
  parent: AccountListed;
  onClose: () => void;
}

/** Adds a part below another one. */
export function AccountDialog({ parent, onClose }: AccountDialogProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [name, setName] = useState("");
  const mutation = useMutation({
    mutationFn: () => createAccount(name.trim(), parent.account_id),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: accountsQuery.queryKey });
      onClose();
    },
  });
  return (
    <Dialog title={t("identity.accounts.addTo", { name: parent.name })} onClose={onClose}>
      <Form error={mutation.error} onSubmit={() => mutation.isPending || mutation.mutate()}>
        <TextField
          label={t("identity.name")}
          required
          value={name}
          error={fieldError(mutation.error, "name")}
          onChange={(event) => setName(event.target.value)}
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
