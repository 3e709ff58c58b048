import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../../ui/button";
import { SelectField } from "../../../ui/field";
import { QueryView } from "../../../ui/query-view";
import { ActionFailed } from "../../../ui/states";
import { accountRolesQuery, giveRole, withdrawRole } from "../admin-api";
import { PersonPicker } from "./person-picker";

const roles = ["administrator", "coordinator", "instructor", "teaching_assistant", "designer"];

/** Who holds which role at this part of the institution, and everywhere below it. */
export function AccountRoles({ accountId }: { accountId: number }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const query = useQuery(accountRolesQuery(accountId));
  const [role, setRole] = useState("administrator");
  const refresh = () =>
    queryClient.invalidateQueries({ queryKey: accountRolesQuery(accountId).queryKey });
  const give = useMutation({
    mutationFn: (userId: number) => giveRole(accountId, userId, role),
    onSuccess: refresh,
  });
  const withdraw = useMutation({
    mutationFn: (id: number) => withdrawRole(accountId, id),
    onSuccess: refresh,
  });
  return (
    <>
      <h3>{t("identity.accounts.roles")}</h3>
      <QueryView query={query} lines={2}>
        {(held) =>
          held.length === 0 ? (
            <p className="muted">{t("identity.accounts.noRoles")}</p>
          ) : (
            <ul className="rows">
              {held.map((one) => (
                <li key={one.role_assignment_id} className="row-between">
                  <span>
                    {one.name} <span className="muted small">{t(`role.${one.role}`)}</span>
                  </span>
                  <IconButton
                    label={t("identity.accounts.withdraw", { name: one.name })}
                    icon={<X size={16} />}
                    onClick={() => withdraw.mutate(one.role_assignment_id)}
                  />
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
      <SelectField
        label={t("identity.role")}
        value={role}
        onChange={(event) => setRole(event.target.value)}
        choices={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
      />
      <PersonPicker
        label={t("identity.accounts.give")}
        onPick={(person) => give.mutate(person.user_id)}
      />
      <ActionFailed error={give.error ?? withdraw.error} />
    </>
  );
}
