import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../../ui/button";
import { QueryView } from "../../../ui/query-view";
import { ActionFailed } from "../../../ui/states";
import { addObserver, observersQuery, removeObserver } from "../admin-api";
import { PersonPicker } from "./person-picker";

/** Who may see what this person sees, without changing anything. */
export function Observers({ userId }: { userId: number }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const query = useQuery(observersQuery(userId));
  const refresh = () =>
    queryClient.invalidateQueries({ queryKey: observersQuery(userId).queryKey });
  const add = useMutation({
    mutationFn: (observerId: number) => addObserver(userId, observerId),
    onSuccess: refresh,
  });
  const remove = useMutation({
    mutationFn: (observerId: number) => removeObserver(userId, observerId),
    onSuccess: refresh,
  });
  return (
    <section className="panel stack" aria-labelledby="observers-title">
      <h2 id="observers-title">{t("identity.observers.title")}</h2>
      <QueryView query={query} lines={2}>
        {(observers) =>
          observers.length === 0 ? (
            <p className="muted">{t("identity.observers.none")}</p>
          ) : (
            <ul className="rows">
              {observers.map((observer) => (
                <li key={observer.user_id} className="row-between">
                  {observer.name}
                  <IconButton
                    label={t("identity.observers.remove", { name: observer.name })}
                    icon={<X size={16} />}
                    onClick={() => remove.mutate(observer.user_id)}
                  />
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
      <PersonPicker
        label={t("identity.observers.add")}
        onPick={(person) => add.mutate(person.user_id)}
      />
      <ActionFailed error={add.error ?? remove.error} />
    </section>
  );
}
