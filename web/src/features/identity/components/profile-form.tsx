import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { deviceZone } from "../../../lib/dates";
import { languages, setLanguage } from "../../../lib/i18n";
import { setPrefs } from "../../../lib/prefs";
import { fieldError } from "../../../lib/problem";
import { sessionKey } from "../../../lib/session";
import { timeZones } from "../../../lib/zones";
import { Avatar } from "../../../ui/badge";
import { Button } from "../../../ui/button";
import { SelectField, TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { ActionFailed } from "../../../ui/states";
import { toast } from "../../../ui/toast";
import { type Profile, type ProfileChange, saveAvatar, saveProfile } from "../api";

export function ProfileForm({ profile }: { profile: Profile }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [input, setInput] = useState<ProfileChange>(() => ({
    name: profile.name,
    sortable_name: profile.sortable_name,
    pronouns: profile.pronouns,
    locale: profile.locale,
    time_zone: profile.time_zone,
    version: profile.version,
  }));
  const change = (part: Partial<ProfileChange>) => setInput((now) => ({ ...now, ...part }));
  const mutation = useMutation({
    mutationFn: () => saveProfile(input),
    onSuccess: async () => {
      if (input.locale) {
        setPrefs({ language: "" });
        await setLanguage(input.locale);
      }
      await queryClient.invalidateQueries({ queryKey: ["profile"] });
      await queryClient.invalidateQueries({ queryKey: sessionKey });
      toast(t("identity.profile.saved"));
    },
  });
  const error = (field: string) => fieldError(mutation.error, field);
  const zone = input.time_zone || deviceZone;

  return (
    <Form error={mutation.error} onSubmit={() => mutation.isPending || mutation.mutate()}>
      <AvatarField profile={profile} />
      <TextField
        label={t("identity.name")}
        autoComplete="name"
        required
        value={input.name}
        error={error("name")}
        onChange={(event) => change({ name: event.target.value })}
      />
      <TextField
        label={t("identity.sortableName")}
        help={t("identity.sortableNameHelp")}
        value={input.sortable_name}
        error={error("sortable_name")}
        onChange={(event) => change({ sortable_name: event.target.value })}
      />
      <TextField
        label={t("identity.pronouns")}
        value={input.pronouns ?? ""}
        error={error("pronouns")}
        onChange={(event) => change({ pronouns: event.target.value || null })}
      />
      <SelectField
        label={t("identity.profile.language")}
        value={input.locale ?? ""}
        error={error("locale")}
        onChange={(event) => change({ locale: event.target.value || null })}
        choices={[
          { value: "", label: t("identity.profile.deviceLanguage") },
          ...languages.map((language) => ({ value: language.code, label: language.name })),
        ]}
      />
      <SelectField
        label={t("identity.profile.timeZone")}
        help={t("identity.profile.timeZoneHelp")}
        value={zone}
        error={error("time_zone")}
        onChange={(event) => change({ time_zone: event.target.value })}
        choices={timeZones(zone).map((name) => ({ value: name, label: name }))}
      />
      <div>
        <Button kind="primary" type="submit" busy={mutation.isPending}>
          {t("action.save")}
        </Button>
      </div>
    </Form>
  );
}

function AvatarField({ profile }: { profile: Profile }) {
  const { t } = useTranslation();
  const inputId = useId();
  const queryClient = useQueryClient();
  const mutation = useMutation({
    mutationFn: saveAvatar,
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ["profile"] });
      await queryClient.invalidateQueries({ queryKey: sessionKey });
    },
  });
  return (
    <div className="stack-tight">
      <div className="row">
        <Avatar name={profile.name} url={profile.avatar_url} />
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
          {t("identity.profile.avatar")}
        </label>
      </div>
      <ActionFailed error={mutation.error} />
    </div>
  );
}
