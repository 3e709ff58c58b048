import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { AccountOutcomes } from "../../features/grading/outcomes/account-outcomes";
import { accountsQuery } from "../../features/identity/admin-api";
import { useFilters } from "../../lib/address";
import { SelectField } from "../../ui/field";
import { Page } from "../../ui/page";
import { QueryView } from "../../ui/query-view";

/** The outcomes of the institution and its parts. */
export default function AccountOutcomesPage() {
  const { t } = useTranslation();
  const query = useQuery(accountsQuery);
  const [{ account }, setFilters] = useFilters();
  return (
    <Page title={t("nav.outcomes")}>
      <QueryView query={query} lines={4}>
        {(accounts) => {
          const chosen = accounts.find((a) => String(a.account_id) === account) ?? accounts[0];
          if (!chosen) return null;
          return (
            <div className="stack">
              {accounts.length > 1 && (
                <SelectField
                  label={t("nav.accounts")}
                  choices={accounts.map((one) => ({
                    value: String(one.account_id),
                    label: one.name,
                  }))}
                  value={String(chosen.account_id)}
                  onChange={(event) => setFilters({ account: event.target.value })}
                />
              )}
              <AccountOutcomes key={chosen.account_id} accountId={chosen.account_id} />
            </div>
          );
        }}
      </QueryView>
    </Page>
  );
}
