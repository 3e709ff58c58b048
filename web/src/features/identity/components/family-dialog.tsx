import { useMutation, useQueryClient } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../../ui/button";
import { TextField } from "../../../ui/field";
import { FormDialog } from "../../../ui/form-dialog";
import { createFamily, type Family, type FamilyMember, saveFamily } from "../admin-api";
import { PersonPicker } from "./person-picker";

const kinds = ["guardian", "learner"] as const;
type Member = Pick<FamilyMember, "user_id" | "name" | "kind">;

interface FamilyDialogProps {
  family: Family | undefined;
  onClose: () => void;
}

/** A household: its guardians see what its children see. */
export function FamilyDialog({ family, onClose }: FamilyDialogProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [name, setName] = useState(family?.name ?? "");
  const [members, setMembers] = useState<Member[]>(family?.members ?? []);
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
  const relate = (userId: number, kind: Member["kind"]) =>
    setMembers((all) => all.map((m) => (m.user_id === userId ? { ...m, kind } : m)));

  return (
    <FormDialog
      title={t(family ? "identity.families.edit" : "identity.families.add")}
      mutation={mutation}
      onClose={onClose}
    >
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
              onChange={(event) => relate(member.user_id, event.target.value as Member["kind"])}
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
    </FormDialog>
  );
}
