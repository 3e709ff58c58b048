import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../ui/button";
import { TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { askReset } from "../api";
import { SignInFrame } from "../components/sign-in-frame";

export default function ForgotPasswordPage() {
  const { t } = useTranslation();
  const [email, setEmail] = useState("");
  const mutation = useMutation({ mutationFn: () => askReset(email.trim()) });
  return (
    <SignInFrame title={t("identity.forgot.title")}>
      {mutation.isSuccess ? (
        <p role="status">{t("identity.forgot.sent", { email })}</p>
      ) : (
        <Form
          error={mutation.error}
          onSubmit={() => mutation.isPending || mutation.mutate()}
          savesItself
        >
          <p className="muted">{t("identity.forgot.help")}</p>
          <TextField
            label={t("identity.email")}
            type="email"
            autoComplete="username"
            required
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
          <Button kind="primary" type="submit" busy={mutation.isPending}>
            {t("identity.forgot.action")}
          </Button>
        </Form>
      )}
      <p>
        <Link to="/sign-in">{t("identity.backToSignIn")}</Link>
      </p>
    </SignInFrame>
  );
}
