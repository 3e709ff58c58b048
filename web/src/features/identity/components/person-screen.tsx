import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useId } from "../../../lib/address";
import { Badge } from "../../../ui/badge";
import { Button } from "../../../ui/button";
import { Page } from "../../../ui/page";
import { QueryView } from "../../../ui/query-view";
import { ActionFailed } from "../../../ui/states";
import { type Person, personQuery, setPersonState } from "../admin-api";
import { Observers } from "./observers";
import { PersonDialog } from "./person-dialog";

interface PersonScreenProps {
  /** Why this person sees what: it names courses, which are another service's. */
  access: (userId: number) => ReactNode;
  /** Ways to what other services know of them. */
  links?: (userId: number) => ReactNode;
}

export function PersonScreen({ access, links }: PersonScreenProps) {
  const userId = useId("userId");
  const query = useQuery(personQuery(userId));
  return (
    <QueryView query={query} page>
      {(person) => <Screen key={userId} person={person} access={access} links={links} />}
    </QueryView>
  );
}

function Screen({ person, access, links }: PersonScreenProps & { person: Person }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [editing, setEditing] = useState(false);
  const state = useMutation({
    mutationFn: (next: Person["state"]) => setPersonState(person, next),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: personQuery(person.user_id).queryKey });
      await queryClient.invalidateQueries({ queryKey: ["people"] });
    },
  });
  const active = person.state === "active";
  return (
    <Page
      title={person.name}
      state={<Badge tone={active ? "good" : "warn"}>{t(`identity.state.${person.state}`)}</Badge>}
      actions={
        <>
          {links?.(person.user_id)}
          <Button onClick={() => setEditing(true)}>{t("action.edit")}</Button>
          <Button
            kind={active ? "danger" : "plain"}
            busy={state.isPending}
            onClick={() => state.mutate(active ? "suspended" : "active")}
          >
            {t(active ? "identity.people.suspend" : "identity.people.restore")}
          </Button>
        </>
      }
    >
      <ActionFailed error={state.error} />
      <dl className="facts panel">
        <div>
          <dt>{t("identity.email")}</dt>
          <dd dir="auto">{person.email}</dd>
        </div>
        <div>
          <dt>{t("identity.sortableName")}</dt>
          <dd>{person.sortable_name}</dd>
        </div>
        {person.pronouns && (
          <div>
            <dt>{t("identity.pronouns")}</dt>
            <dd>{person.pronouns}</dd>
          </div>
        )}
        {person.login_name && (
          <div>
            <dt>{t("identity.loginName")}</dt>
            <dd dir="auto">{person.login_name}</dd>
          </div>
        )}
        {person.sis_id && (
          <div>
            <dt>{t("identity.sisId")}</dt>
            <dd className="mono">{person.sis_id}</dd>
          </div>
        )}
      </dl>
      <div className="columns">
        {access(person.user_id)}
        <Observers userId={person.user_id} />
      </div>
      {editing && <PersonDialog person={person} onClose={() => setEditing(false)} />}
    </Page>
  );
}
