import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFilters } from "../../../lib/address";
import { itemsOf } from "../../../lib/query-client";
import { Avatar, Badge } from "../../../ui/badge";
import { Button } from "../../../ui/button";
import { SelectField } from "../../../ui/field";
import { Page } from "../../../ui/page";
import { QueryView, ShowMore } from "../../../ui/query-view";
import { SearchField } from "../../../ui/search-field";
import { Empty } from "../../../ui/states";
import { peopleQuery } from "../admin-api";
import { PersonDialog } from "../components/person-dialog";

const roles = ["learner", "instructor", "teaching_assistant", "observer", "administrator"];

export default function PeoplePage() {
  const { t } = useTranslation();
  const [{ search, role }, setFilters] = useFilters();
  const [creating, setCreating] = useState(false);
  const query = useInfiniteQuery(peopleQuery({ search, role }));
  return (
    <Page
      title={t("nav.people")}
      actions={
        <Button kind="primary" icon={<UserPlus size={16} />} onClick={() => setCreating(true)}>
          {t("identity.people.add")}
        </Button>
      }
    >
      <search className="toolbar">
        <SearchField
          label={t("identity.people.search")}
          value={search ?? ""}
          onSearch={(text) => setFilters({ search: text })}
        />
        <SelectField
          label={t("identity.role")}
          value={role ?? ""}
          onChange={(event) => setFilters({ role: event.target.value })}
          choices={[
            { value: "", label: t("courses.people.anyRole") },
            ...roles.map((value) => ({ value, label: t(`role.${value}`) })),
          ]}
        />
      </search>
      <QueryView query={query}>
        {(data) => {
          const people = itemsOf(data);
          if (people.length === 0) {
            return (
              <Empty title={t(search || role ? "common.noMatch" : "identity.people.empty")}>
                {t("identity.people.emptyHelp")}
              </Empty>
            );
          }
          return (
            <ul className="rows panel">
              {people.map((person) => (
                <li key={person.user_id}>
                  <Link className="rows-link" to={`/admin/people/${person.user_id}`}>
                    <Avatar name={person.name} url={person.avatar_url} />
                    <span className="grow">
                      <strong>{person.name}</strong>
                      <br />
                      <span className="small muted">{person.email}</span>
                    </span>
                    <span className="small muted">
                      {person.roles.map((held) => t(`role.${held}`)).join(", ")}
                    </span>
                    {person.state !== "active" && (
                      <Badge tone="warn">{t(`identity.state.${person.state}`)}</Badge>
                    )}
                  </Link>
                </li>
              ))}
            </ul>
          );
        }}
      </QueryView>
      <ShowMore query={query} />
      {creating && <PersonDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}
