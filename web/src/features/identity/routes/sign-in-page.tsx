import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFilters } from "../../../lib/address";
import { sessionQuery } from "../../../lib/session";
import { Button } from "../../../ui/button";
import { TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { signIn } from "../api";
import { SignInFrame } from "../components/sign-in-frame";

export default function SignInPage() {
  const { t } = useTranslation();
  const [search] = useFilters();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");

  const mutation = useMutation({
    mutationFn: async () => {
      await signIn(email.trim(), password);
      await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 });
    },
    onSuccess: () => navigate({ to: safePath(search.to) as string, replace: true }),
  });

  return (
    <SignInFrame title={t("identity.signIn.title")}>
      <Form
        error={mutation.error}
        onSubmit={() => mutation.isPending || mutation.mutate()}
        savesItself
      >
        <TextField
          label={t("identity.email")}
          type="email"
          name="email"
          autoComplete="username"
          required
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <TextField
          label={t("identity.password")}
          type="password"
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Button kind="primary" type="submit" busy={mutation.isPending}>
          {t(mutation.isPending ? "identity.signIn.busy" : "identity.signIn.action")}
        </Button>
        <p>
          <Link to="/forgot-password">{t("identity.signIn.forgot")}</Link>
        </p>
      </Form>
    </SignInFrame>
  );
}

/** Only ever back into this application: an address with a host in it is not followed. */
export function safePath(to: string | undefined): string {
  return to?.startsWith("/") && !/^\/[/\\]/.test(to) ? to : "/";
}
