import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFilters } from "../../../lib/address";
import { itemsOf } from "../../../lib/query-client";
import { Button } from "../../../ui/button";
import { Page } from "../../../ui/page";
import { QueryView, ShowMore } from "../../../ui/query-view";
import { SearchField } from "../../../ui/search-field";
import { Empty } from "../../../ui/states";
import { type Family, familiesQuery } from "../admin-api";
import { FamilyDialog } from "../components/family-dialog";

export default function FamiliesPage() {
  const { t } = useTranslation();
  const [{ search }, setFilters] = useFilters();
  const [open, setOpen] = useState<Family | "new">();
  const query = useInfiniteQuery(familiesQuery({ search }));
  return (
    <Page
      title={t("nav.families")}
      actions={
        <Button kind="primary" onClick={() => setOpen("new")}>
          {t("identity.families.add")}
        </Button>
      }
    >
      <search className="toolbar">
        <SearchField
          label={t("identity.families.search")}
          value={search ?? ""}
          onSearch={(text) => setFilters({ search: text })}
        />
      </search>
      <QueryView query={query} lines={4}>
        {(data) => {
          const families = itemsOf(data);
          if (families.length === 0) {
            return (
              <Empty title={t(search ? "common.noMatch" : "identity.families.empty")}>
                {t("identity.families.emptyHelp")}
              </Empty>
            );
          }
          return (
            <ul className="rows panel">
              {families.map((family) => (
                <li key={family.family_id} className="rows-link">
                  <span className="grow">
                    <strong>{family.name}</strong>
                    <br />
                    <span className="small muted">
                      {family.members
                        .map((m) => `${m.name} (${t(`identity.relation.${m.kind}`)})`)
                        .join(", ")}
                    </span>
                  </span>
                  <Button onClick={() => setOpen(family)}>{t("action.edit")}</Button>
                </li>
              ))}
            </ul>
          );
        }}
      </QueryView>
      <ShowMore query={query} />
      {open && (
        <FamilyDialog
          family={open === "new" ? undefined : open}
          onClose={() => setOpen(undefined)}
        />
      )}
    </Page>
  );
}
