import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../ui/button";
import { SelectField, TextField } from "../../../ui/field";
import { QueryView } from "../../../ui/query-view";
import { ActionFailed } from "../../../ui/states";
import { When } from "../../../ui/when";
import { createToken, deleteToken, tokensQuery } from "../api";

/** Keys for programs that act as this person. The secret is shown once. */
export function ApiTokens() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const query = useQuery(tokensQuery);
  const refresh = () => queryClient.invalidateQueries({ queryKey: tokensQuery.queryKey });
  const remove = useMutation({ mutationFn: deleteToken, onSuccess: refresh });
  return (
    <section className="panel stack" aria-labelledby="tokens">
      <div>
        <h2 id="tokens">{t("identity.tokens.title")}</h2>
        <p className="muted small">{t("identity.tokens.help")}</p>
      </div>
      <ActionFailed error={remove.error} />
      <QueryView query={query} lines={2}>
        {(tokens) =>
          tokens.length === 0 ? (
            <p className="muted">{t("identity.tokens.none")}</p>
          ) : (
            <ul className="rows">
              {tokens.map((token) => (
                <li key={token.api_token_id} className="rows-link">
                  <span className="grow">
                    <strong>{token.name}</strong>
                    <br />
                    <span className="small muted">
                      {token.rights.join(", ")} · <When at={token.created_at} relative />·{" "}
                      {t("identity.tokens.ends")} <When at={token.expires_at} />
                    </span>
                  </span>
                  <Button kind="danger" onClick={() => remove.mutate(token.api_token_id)}>
                    {t("identity.tokens.remove")}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
      <NewToken onCreated={refresh} />
    </section>
  );
}

function NewToken({ onCreated }: { onCreated: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const [scope, setScope] = useState("*");
  const mutation = useMutation({
    mutationFn: () => createToken(name.trim(), [scope]),
    onSuccess: () => {
      setName("");
      onCreated();
    },
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() && !mutation.isPending) mutation.mutate();
      }}
    >
      <div className="toolbar">
        <TextField
          label={t("identity.tokens.name")}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <SelectField
          label={t("identity.tokens.scope")}
          value={scope}
          onChange={(event) => setScope(event.target.value)}
          choices={["*", "self"].map((value) => ({
            value,
            label: t(`identity.tokens.scopes.${value === "*" ? "all" : value}`),
          }))}
        />
        <Button type="submit" busy={mutation.isPending}>
          {t("identity.tokens.create")}
        </Button>
      </div>
      <ActionFailed error={mutation.error} />
      {mutation.data && (
        <div className="notice" data-tone="good" role="status">
          <span className="grow">
            {t("identity.tokens.once")}
            <br />
            <code className="mono">{mutation.data.token}</code>
          </span>
        </div>
      )}
    </form>
  );
}
