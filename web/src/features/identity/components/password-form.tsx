import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldError } from "../../../lib/problem";
import { Button } from "../../../ui/button";
import { TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { toast } from "../../../ui/toast";
import { changePassword } from "../api";

export function PasswordForm() {
  const { t } = useTranslation();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const mutation = useMutation({
    mutationFn: () => changePassword(current, next),
    onSuccess: () => {
      setCurrent("");
      setNext("");
      toast(t("identity.profile.passwordChanged"));
    },
  });
  return (
    <Form error={mutation.error} onSubmit={() => mutation.isPending || mutation.mutate()}>
      <TextField
        label={t("identity.currentPassword")}
        type="password"
        autoComplete="current-password"
        value={current}
        error={fieldError(mutation.error, "current_password")}
        onChange={(event) => setCurrent(event.target.value)}
      />
      <TextField
        label={t("identity.newPassword")}
        type="password"
        autoComplete="new-password"
        help={t("identity.passwordHelp")}
        value={next}
        error={fieldError(mutation.error, "password")}
        onChange={(event) => setNext(event.target.value)}
      />
      <div>
        <Button type="submit" busy={mutation.isPending}>
          {t("identity.profile.changePassword")}
        </Button>
      </div>
    </Form>
  );
}
