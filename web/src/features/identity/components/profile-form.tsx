import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { languageFor, setLanguage } from "../../../lib/i18n";
import { setPrefs } from "../../../lib/prefs";
import { fieldError } from "../../../lib/problem";
import { sessionKey, useSession } from "../../../lib/session";
import { Avatar } from "../../../ui/badge";
import { Button } from "../../../ui/button";
import { TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { toast } from "../../../ui/toast";
import { type Profile, type ProfileChange, saveAvatar, saveProfile } from "../api";
import { LocaleFields } from "./locale-fields";
import { PictureField } from "./picture-field";

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
    onSuccess: async (saved) => {
      change({ version: saved.version });
      setPrefs({ language: "" });
      await setLanguage(input.locale ?? institution?.locale ?? "en");
      await queryClient.invalidateQueries({ queryKey: ["profile"] });
      await queryClient.invalidateQueries({ queryKey: sessionKey });
      toast(t("identity.profile.saved"));
    },
  });
  const institution = useSession()?.institution;
  const likeInstitution = (value: string) => t("identity.profile.likeInstitution", { value });
  const error = (field: string) => fieldError(mutation.error, field);

  return (
    <Form error={mutation.error} onSubmit={() => mutation.isPending || mutation.mutate()}>
      <PictureField
        label={t("identity.profile.avatar")}
        onSave={async (file) => change({ version: (await saveAvatar(file)).version })}
        shownBy={[["profile"], sessionKey]}
      >
        <Avatar name={profile.name} url={profile.avatar_url} />
      </PictureField>
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
      <LocaleFields
        value={input}
        otherwise={{
          locale: likeInstitution(languageFor(institution?.locale).name),
          time_zone: likeInstitution(institution?.time_zone ?? "UTC"),
        }}
        help={t("identity.profile.timeZoneHelp")}
        error={mutation.error}
        onChange={change}
      />
      <div>
        <Button kind="primary" type="submit" busy={mutation.isPending}>
          {t("action.save")}
        </Button>
      </div>
    </Form>
  );
}
