import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldError } from "../../../lib/problem";
import { TextField } from "../../../ui/field";
import { FormDialog } from "../../../ui/form-dialog";
import { createPerson, type Person, type PersonInput, personQuery, savePerson } from "../admin-api";

interface PersonDialogProps {
  person?: Person;
  onClose: () => void;
}

export function PersonDialog({ person, onClose }: PersonDialogProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [input, setInput] = useState<PersonInput>({
    name: person?.name ?? "",
    sortable_name: person?.sortable_name ?? "",
    email: person?.email ?? "",
    login_name: person?.login_name ?? null,
    sis_id: person?.sis_id ?? null,
    pronouns: person?.pronouns ?? null,
    locale: person?.locale ?? null,
    time_zone: person?.time_zone ?? null,
  });
  const mutation = useMutation({
    mutationFn: () =>
      person
        ? savePerson(person.user_id, { ...input, version: person.version })
        : createPerson(input),
    onSuccess: async (saved) => {
      await queryClient.invalidateQueries({ queryKey: ["people"] });
      if (person) {
        await queryClient.invalidateQueries({ queryKey: personQuery(person.user_id).queryKey });
        onClose();
      } else await navigate({ to: `/admin/people/${saved.user_id}` });
    },
  });
  return (
    <FormDialog
      title={t(person ? "identity.people.edit" : "identity.people.add")}
      mutation={mutation}
      onClose={onClose}
    >
      <TextField
        label={t("identity.name")}
        required
        value={input.name}
        error={fieldError(mutation.error, "name")}
        onChange={(event) => setInput({ ...input, name: event.target.value })}
      />
      <TextField
        label={t("identity.sortableName")}
        help={t("identity.sortableNameHelp")}
        value={input.sortable_name}
        error={fieldError(mutation.error, "sortable_name")}
        onChange={(event) => setInput({ ...input, sortable_name: event.target.value })}
      />
      <TextField
        label={t("identity.email")}
        type="email"
        dir="ltr"
        required
        value={input.email ?? ""}
        error={fieldError(mutation.error, "email")}
        onChange={(event) => setInput({ ...input, email: event.target.value })}
      />
      {(["login_name", "sis_id"] as const).map((field) => (
        <TextField
          key={field}
          label={t(field === "sis_id" ? "identity.sisId" : "identity.loginName")}
          dir="ltr"
          value={input[field] ?? ""}
          error={fieldError(mutation.error, field)}
          onChange={(event) => setInput({ ...input, [field]: event.target.value || null })}
        />
      ))}
    </FormDialog>
  );
}
