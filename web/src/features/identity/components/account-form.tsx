import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { fileUrl } from "../../../lib/base";
import { fieldError } from "../../../lib/problem";
import { Button } from "../../../ui/button";
import { TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { QueryView } from "../../../ui/query-view";
import { toast } from "../../../ui/toast";
import {
  type Account,
  type AccountSettings,
  accountQuery,
  accountsQuery,
  saveAccount,
  saveLogo,
} from "../admin-api";
import { LocaleFields } from "./locale-fields";
import { PictureField } from "./picture-field";

/** An account's name and settings; what it leaves open comes from the account above. */
export function AccountForm({ accountId }: { accountId: number }) {
  const query = useQuery(accountQuery(accountId));
  return (
    <QueryView query={query} lines={3}>
      {(account) => <Editor key={account.account_id} account={account} />}
    </QueryView>
  );
}

function Editor({ account }: { account: Account }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [name, setName] = useState(account.name);
  // What these fields were filled from; a change by somebody else is told and not written over.
  const seen = useRef(account.version);
  const { locale, time_zone, accent } = account.settings;
  const [settings, setSettings] = useState<AccountSettings>({ locale, time_zone, accent });
  const mutation = useMutation({
    mutationFn: () => saveAccount(account.account_id, seen.current, name.trim(), settings),
    onSuccess: async (saved) => {
      seen.current = saved.version;
      await queryClient.invalidateQueries({ queryKey: accountQuery(account.account_id).queryKey });
      await queryClient.invalidateQueries({ queryKey: accountsQuery.queryKey });
      toast(t("identity.accounts.saved"));
    },
  });
  const error = (field: string) => fieldError(mutation.error, field);
  const inherited = (setting: string) => {
    const found = account.effective.find((one) => one.name === setting);
    const from = found?.from_account_id === account.account_id ? undefined : found;
    if (account.parent_id === null) return t("identity.accounts.notChosen");
    if (!from?.value) return t("identity.accounts.inherits");
    return t("identity.accounts.inheritsFrom", { value: from.value, name: from.from_name ?? "" });
  };

  return (
    <Form error={mutation.error} onSubmit={() => mutation.isPending || mutation.mutate()}>
      <TextField
        label={t("identity.name")}
        required
        value={name}
        error={error("name")}
        onChange={(event) => setName(event.target.value)}
      />
      <LocaleFields
        value={settings}
        otherwise={{ locale: inherited("locale"), time_zone: inherited("time_zone") }}
        error={mutation.error}
        onChange={(part) => setSettings({ ...settings, ...part })}
      />
      <TextField
        label={t("identity.accounts.accent")}
        help={t("identity.accounts.accentHelp")}
        placeholder="#1f4e79"
        dir="ltr"
        value={settings.accent ?? ""}
        error={error("accent")}
        onChange={(event) => setSettings({ ...settings, accent: event.target.value || null })}
      />
      <PictureField
        label={t("identity.accounts.logo")}
        onSave={async (file) => {
          seen.current = (await saveLogo(account.account_id, file)).version;
        }}
        shownBy={[accountQuery(account.account_id).queryKey]}
      >
        {account.settings.logo_url && (
          <img src={fileUrl(account.settings.logo_url)} alt="" height={32} />
        )}
      </PictureField>
      <div>
        <Button kind="primary" type="submit" busy={mutation.isPending}>
          {t("action.save")}
        </Button>
      </div>
    </Form>
  );
}
