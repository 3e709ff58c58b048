import { useMutation, useQueryClient } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { createFamily, type Family, type FamilyMember, saveFamily } from "../admin-api";
import { PersonPicker } from "./person-picker";

const kinds = ["guardian", "learner"];

interface FamilyDialogProps {
  family: Family | undefined;
  onClose: () => void;
}

/** A household: its guardians see what its children see. */
export function FamilyDialog({ family, onClose }: FamilyDialogProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [name, setName] = useState(family?.name ?? "");
  const [members, setMembers] = useState<FamilyMember[]>(family?.members ?? []);
  const mutation = useMutation({
    mutationFn: () => {
      const input = {
        name: name.trim(),
        members: members.map(({ user_id, kind }) => ({ user_id, kind })),
      };
      return family
        ? saveFamily(family.family_id, { ...input, version: family.version })
        : createFamily(input);
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ["families"] });
      onClose();
    },
  });
  const relate = (userId: number, kind: string) =>
    setMembers((all) => all.map((m) => (m.user_id === userId ? { ...m, kind } : m)));

  return (
    <Dialog
      title={t(family ? "identity.families.edit" : "identity.families.add")}
      onClose={onClose}
    >
      <Form error={mutation.error} onSubmit={() => mutation.isPending || mutation.mutate()}>
        <TextField
          label={t("identity.families.name")}
          required
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <ul className="rows">
          {members.map((member) => (
            <li key={member.user_id} className="row-between">
              <span className="grow">{member.name}</span>
              <select
                className="input"
                style={{ inlineSize: "auto" }}
                aria-label={t("identity.families.relationOf", { name: member.name })}
                value={member.kind}
                onChange={(event) => relate(member.user_id, event.target.value)}
              >
                {kinds.map((kind) => (
                  <option key={kind} value={kind}>
                    {t(`identity.relation.${kind}`)}
                  </option>
                ))}
              </select>
              <IconButton
                label={t("identity.families.removeMember", { name: member.name })}
                icon={<X size={16} />}
                onClick={() => setMembers((all) => all.filter((m) => m.user_id !== member.user_id))}
              />
            </li>
          ))}
        </ul>
        <PersonPicker
          label={t("identity.families.addMember")}
          onPick={(person) =>
            setMembers((all) =>
              all.some((m) => m.user_id === person.user_id)
                ? all
                : [...all, { ...person, kind: "learner" }],
            )
          }
        />
        <div className="dialog-actions">
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button kind="primary" type="submit" busy={mutation.isPending}>
            {t("action.save")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
