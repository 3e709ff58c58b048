import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useTextParam } from "../../../lib/address";
import { fieldError } from "../../../lib/problem";
import { Button } from "../../../ui/button";
import { TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { resetPassword } from "../api";
import { SignInFrame } from "../components/sign-in-frame";

export default function ResetPasswordPage() {
  const { t } = useTranslation();
  const token = useTextParam("token");
  const [password, setPassword] = useState("");
  const mutation = useMutation({ mutationFn: () => resetPassword(token, password) });
  return (
    <SignInFrame title={t("identity.reset.title")}>
      {mutation.isSuccess ? (
        <p role="status">{t("identity.reset.done")}</p>
      ) : (
        <Form
          error={mutation.error}
          onSubmit={() => mutation.isPending || mutation.mutate()}
          savesItself
        >
          <TextField
            label={t("identity.newPassword")}
            type="password"
            autoComplete="new-password"
            required
            help={t("identity.passwordHelp")}
            error={fieldError(mutation.error, "password")}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          <Button kind="primary" type="submit" busy={mutation.isPending}>
            {t("identity.reset.action")}
          </Button>
        </Form>
      )}
      <p>
        <Link to="/sign-in">{t("identity.backToSignIn")}</Link>
      </p>
    </SignInFrame>
  );
}
