import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { FolderPlus, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../ui/button";
import { QueryView } from "../../../ui/query-view";
import { ActionFailed, Empty } from "../../../ui/states";
import { OutcomeGroupDialog } from "./group-dialog";
import { OutcomeDialog } from "./outcome-dialog";
import { OutcomeGroups, OutcomeLine } from "./outcome-list";
import { OutcomeTransfer } from "./outcome-transfer";
import {
  accountOutcomesQuery,
  deleteOutcome,
  type Outcome,
  type OutcomeGroup,
} from "./outcomes-api";

type Open = { kind: "outcome"; outcome?: Outcome } | { kind: "group"; group?: OutcomeGroup };

/** An account's outcomes, which every course below it may take in. */
export function AccountOutcomes({ accountId }: { accountId: number }) {
  const { t } = useTranslation();
  const query = useQuery(accountOutcomesQuery(accountId));
  const queryClient = useQueryClient();
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const remove = useMutation({
    mutationFn: deleteOutcome,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["account", accountId] }),
  });
  return (
    <QueryView query={query} lines={4}>
      {(tree) => {
        const own = tree.groups.filter((one) => one.account_id === accountId);
        return (
          <>
            <section className="panel stack" aria-labelledby="account-outcomes">
              <div className="row-between">
                <h2 id="account-outcomes">{t("nav.outcomes")}</h2>
                <div className="row">
                  <Button
                    icon={<FolderPlus size={16} aria-hidden />}
                    onClick={() => setOpen({ kind: "group" })}
                  >
                    {t("outcomes.groups.add")}
                  </Button>
                  <Button
                    kind="primary"
                    icon={<Plus size={16} aria-hidden />}
                    onClick={() => setOpen({ kind: "outcome" })}
                  >
                    {t("outcomes.add")}
                  </Button>
                </div>
              </div>
              <ActionFailed error={remove.error} />
              {tree.outcomes.length === 0 ? (
                <Empty title={t("outcomes.accountEmpty")}>{t("outcomes.accountEmptyHelp")}</Empty>
              ) : (
                <ul className="rows">
                  {tree.outcomes.map((outcome) => (
                    <li key={outcome.outcome_id} className="rows-link outcome-row">
                      <OutcomeLine
                        outcome={outcome}
                        groups={tree.groups}
                        inherited={outcome.account_id !== accountId}
                      />
                      <Link
                        className="button"
                        to={`/admin/outcomes/${outcome.outcome_id}`}
                        aria-label={t("outcomes.across.open", { code: outcome.code })}
                      >
                        {t("outcomes.across.title")}
                      </Link>
                      {outcome.account_id === accountId && (
                        <span className="row">
                          <Button
                            aria-label={t("outcomes.edit", { code: outcome.code })}
                            onClick={() => setOpen({ kind: "outcome", outcome })}
                          >
                            {t("action.edit")}
                          </Button>
                          <Button
                            kind="quiet"
                            aria-label={t("outcomes.deleteNamed", { code: outcome.code })}
                            onClick={() => remove.isPending || remove.mutate(outcome)}
                          >
                            {t("outcomes.delete")}
                          </Button>
                        </span>
                      )}
                    </li>
                  ))}
                </ul>
              )}
            </section>
            <section className="panel stack" aria-labelledby="outcome-groups">
              <h2 id="outcome-groups">{t("outcomes.groups.title")}</h2>
              <OutcomeGroups groups={own} onEdit={(group) => setOpen({ kind: "group", group })} />
            </section>
            <OutcomeTransfer owner={{ accountId }} />
            {open?.kind === "outcome" && (
              <OutcomeDialog
                owner={{ accountId }}
                outcome={open.outcome}
                groups={own}
                onClose={close}
              />
            )}
            {open?.kind === "group" && (
              <OutcomeGroupDialog
                owner={{ accountId }}
                group={open.group}
                groups={own}
                onClose={close}
              />
            )}
          </>
        );
      }}
    </QueryView>
  );
}
