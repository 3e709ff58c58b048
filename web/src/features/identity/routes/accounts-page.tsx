import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFilters } from "../../../lib/address";
import { Button } from "../../../ui/button";
import { NameDialog } from "../../../ui/name-dialog";
import { Page } from "../../../ui/page";
import { QueryView } from "../../../ui/query-view";
import { type AccountListed, accountsQuery, createAccount } from "../admin-api";
import { AccountForm } from "../components/account-form";
import { AccountRoles } from "../components/account-roles";

interface Node extends AccountListed {
  children: Node[];
}

/** Builds the tree from the flat list; one whose parent may not be seen stands at the top. */
export function treeOf(accounts: AccountListed[]): Node[] {
  const nodes = new Map(accounts.map((a) => [a.account_id, { ...a, children: [] as Node[] }]));
  const roots: Node[] = [];
  for (const node of nodes.values()) {
    const parent = nodes.get(node.parent_id ?? -1);
    (parent?.children ?? roots).push(node);
  }
  return roots;
}

export default function AccountsPage() {
  const { t } = useTranslation();
  const query = useQuery(accountsQuery);
  const [{ account }, setFilters] = useFilters();
  const queryClient = useQueryClient();
  const [parent, setParent] = useState<AccountListed>();
  return (
    <Page title={t("nav.accounts")}>
      <QueryView query={query} lines={4}>
        {(accounts) => {
          const chosen = accounts.find((a) => String(a.account_id) === account) ?? accounts[0];
          return (
            <div className="columns">
              <section className="panel" aria-label={t("identity.accounts.tree")}>
                <Branch
                  nodes={treeOf(accounts)}
                  chosen={chosen?.account_id}
                  onChoose={(id) => setFilters({ account: String(id) })}
                />
              </section>
              {chosen && (
                <section className="panel stack" aria-labelledby="account-name">
                  <h2 id="account-name">{chosen.name}</h2>
                  <div>
                    <Button onClick={() => setParent(chosen)}>
                      {t("identity.accounts.addBelow")}
                    </Button>
                  </div>
                  <AccountForm key={chosen.account_id} accountId={chosen.account_id} />
                  <AccountRoles key={`roles-${chosen.account_id}`} accountId={chosen.account_id} />
                </section>
              )}
            </div>
          );
        }}
      </QueryView>
      {parent && (
        <NameDialog
          title={t("identity.accounts.addTo", { name: parent.name })}
          label={t("identity.name")}
          onSave={async (name) => {
            await createAccount(name, parent.account_id);
            await queryClient.invalidateQueries({ queryKey: accountsQuery.queryKey });
          }}
          onClose={() => setParent(undefined)}
        />
      )}
    </Page>
  );
}

interface BranchProps {
  nodes: Node[];
  chosen: number | undefined;
  onChoose: (accountId: number) => void;
}

function Branch({ nodes, chosen, onChoose }: BranchProps) {
  return (
    <ul className="tree">
      {nodes.map((node) => (
        <li key={node.account_id}>
          <button
            type="button"
            className="menu-item"
            aria-current={node.account_id === chosen ? "true" : undefined}
            onClick={() => onChoose(node.account_id)}
          >
            {node.name}
          </button>
          {node.children.length > 0 && (
            <Branch nodes={node.children} chosen={chosen} onChoose={onChoose} />
          )}
        </li>
      ))}
    </ul>
  );
}
