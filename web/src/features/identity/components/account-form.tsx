import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { fileUrl } from "../../../lib/base";
import { languages } from "../../../lib/i18n";
import { fieldError } from "../../../lib/problem";
import { timeZones } from "../../../lib/zones";
import { Button } from "../../../ui/button";
import { SelectField, TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { QueryView } from "../../../ui/query-view";
import { ActionFailed } from "../../../ui/states";
import { toast } from "../../../ui/toast";
import {
  type Account,
  type AccountSettings,
  accountQuery,
  accountsQuery,
  saveAccount,
  saveLogo,
} from "../admin-api";

/** An account's name and settings; what it leaves open comes from the account above. */
export function AccountForm({ accountId }: { accountId: number }) {
  const query = useQuery(accountQuery(accountId));
  return (
    <QueryView query={query} lines={3}>
      {(account) => <Editor key={`${account.account_id}:${account.version}`} account={account} />}
    </QueryView>
  );
}

function Editor({ account }: { account: Account }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [name, setName] = useState(account.name);
  const { locale, time_zone, accent } = account.settings;
  const [settings, setSettings] = useState<AccountSettings>({ locale, time_zone, accent });
  const mutation = useMutation({
    mutationFn: () => saveAccount(account, name.trim(), settings),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: accountQuery(account.account_id).queryKey });
      await queryClient.invalidateQueries({ queryKey: accountsQuery.queryKey });
      toast(t("identity.accounts.saved"));
    },
  });
  const error = (field: string) => fieldError(mutation.error, field);
  const inherited = (setting: string) => {
    const found = account.effective.find((one) => one.name === setting);
    const from = found?.from_account_id === account.account_id ? undefined : found;
    if (!from?.value) return t("identity.accounts.inherits");
    return t("identity.accounts.inheritsFrom", { value: from.value, name: from.from_name ?? "" });
  };
  const zones = timeZones(settings.time_zone ?? "UTC").map((zone) => ({
    value: zone,
    label: zone,
  }));

  return (
    <Form error={mutation.error} onSubmit={() => mutation.isPending || mutation.mutate()}>
      <TextField
        label={t("identity.name")}
        required
        value={name}
        error={error("name")}
        onChange={(event) => setName(event.target.value)}
      />
      <SelectField
        label={t("identity.profile.language")}
        value={settings.locale ?? ""}
        error={error("locale")}
        onChange={(event) => setSettings({ ...settings, locale: event.target.value || null })}
        choices={[
          { value: "", label: inherited("locale") },
          ...languages.map((language) => ({ value: language.code, label: language.name })),
        ]}
      />
      <SelectField
        label={t("identity.profile.timeZone")}
        value={settings.time_zone ?? ""}
        error={error("time_zone")}
        onChange={(event) => setSettings({ ...settings, time_zone: event.target.value || null })}
        choices={[{ value: "", label: inherited("time_zone") }, ...zones]}
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
      <LogoField account={account} />
      <div>
        <Button kind="primary" type="submit" busy={mutation.isPending}>
          {t("action.save")}
        </Button>
      </div>
    </Form>
  );
}

function LogoField({ account }: { account: Account }) {
  const { t } = useTranslation();
  const inputId = useId();
  const queryClient = useQueryClient();
  const mutation = useMutation({
    mutationFn: (file: File) => saveLogo(account.account_id, file),
    onSuccess: () =>
      queryClient.invalidateQueries({ queryKey: accountQuery(account.account_id).queryKey }),
  });
  return (
    <div className="stack-tight">
      <div className="row">
        {account.settings.logo_url && (
          <img src={fileUrl(account.settings.logo_url)} alt="" height={32} />
        )}
        <input
          id={inputId}
          className="visually-hidden"
          type="file"
          accept="image/png,image/jpeg,image/webp"
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) mutation.mutate(file);
            event.target.value = "";
          }}
        />
        <label className="button" htmlFor={inputId}>
          {t("identity.accounts.logo")}
        </label>
      </div>
      <ActionFailed error={mutation.error} />
    </div>
  );
}
