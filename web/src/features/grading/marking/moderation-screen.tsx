import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFilters } from "../../../lib/address";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { itemsOf } from "../../../lib/query-client";
import { Badge } from "../../../ui/badge";
import { Button } from "../../../ui/button";
import { SelectField } from "../../../ui/field";
import { Page } from "../../../ui/page";
import { QueryView, ShowMore } from "../../../ui/query-view";
import { ActionFailed, Empty } from "../../../ui/states";
import { toast } from "../../../ui/toast";
import { assignmentQuery } from "../api";
import { DecideDialog } from "./decide-dialog";
import {
  acceptMarks,
  agreementQuery,
  type Moderated,
  markingQuery,
  moderationQuery,
} from "./marking-api";
import { StandingTable } from "./standing-table";

const filters = ["", "undecided", "disputed"] as const;

interface ModerationScreenProps {
  assignmentId: number;
  sections: { section_id: number; name: string }[];
}

/** The moderator's desk: learners and their marks, who is missing, and what they became. */
export function ModerationScreen({ assignmentId, sections }: ModerationScreenProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [{ state }, setFilters] = useFilters();
  const which = filters.find((one) => one === state) ?? "";
  const assignment = useQuery(assignmentQuery(assignmentId)).data;
  const query = useInfiniteQuery(moderationQuery(assignmentId, which));
  const marking = useQuery(markingQuery(assignmentId)).data;
  const agreed = marking?.standing[0]?.agreed ?? 0;
  const [deciding, setDeciding] = useState<Moderated>();
  const refresh = () => queryClient.invalidateQueries({ queryKey: ["assignment", assignmentId] });
  const accept = useMutation({
    mutationFn: () => acceptMarks(assignmentId),
    onSuccess: (answer) => {
      toast(t("marking.several.accepted", { accepted: answer.accepted, left: answer.left }));
      void refresh();
    },
  });
  return (
    <Page
      title={`${t("marking.several.moderation")} · ${assignment?.title ?? ""}`}
      actions={
        agreed > 0 && (
          <Button kind="primary" busy={accept.isPending} onClick={() => accept.mutate()}>
            {t("marking.several.accept", { count: agreed })}
          </Button>
        )
      }
    >
      {marking && <StandingTable standing={marking.standing} sections={sections} />}
      <search className="toolbar">
        <SelectField
          label={t("marking.several.show")}
          value={which}
          onChange={(event) => setFilters({ state: event.target.value })}
          choices={filters.map((value) => ({
            value,
            label: t(`marking.several.filter.${value || "all"}`),
          }))}
        />
      </search>
      <ActionFailed error={accept.error} />
      <QueryView query={query}>
        {(data) => {
          const rows = itemsOf(data);
          if (rows.length === 0)
            return <Empty title={t(which ? "marking.several.none" : "marking.several.empty")} />;
          return (
            <ul className="rows panel">
              {rows.map((row) => (
                <ModeratedRow key={row.user_id} row={row} onDecide={() => setDeciding(row)} />
              ))}
            </ul>
          );
        }}
      </QueryView>
      <ShowMore query={query} />
      <AgreementPanel assignmentId={assignmentId} />
      {deciding && (
        <DecideDialog
          assignmentId={assignmentId}
          row={deciding}
          onClose={() => setDeciding(undefined)}
          onDone={() => {
            setDeciding(undefined);
            void refresh();
          }}
        />
      )}
    </Page>
  );
}

function ModeratedRow({ row, onDecide }: { row: Moderated; onDecide: () => void }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const show = (score: number | null) =>
    score === null ? t("marking.several.waits") : formatNumber(score, locale, 4);
  const { decision } = row;
  return (
    <li className="row-between">
      <span className="grow">
        <strong>{row.name}</strong>
        <br />
        <span className="small muted">
          {row.marks
            .map((one) =>
              t("marking.several.other", { name: one.marker_name, score: show(one.score) }),
            )
            .join(" · ")}
        </span>
      </span>
      {row.spread !== null && row.spread > 0 && (
        <Badge tone={row.agreed === null && !decision ? "warn" : "plain"}>
          {t("marking.several.apart")} {show(row.spread)}
        </Badge>
      )}
      <strong className="figures">{decision ? show(decision.score) : "–"}</strong>
      <Button onClick={onDecide}>
        {t("marking.several.decide")}
        <span className="visually-hidden"> {row.name}</span>
      </Button>
    </li>
  );
}

function AgreementPanel({ assignmentId }: { assignmentId: number }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const agreement = useQuery(agreementQuery(assignmentId)).data;
  if (!agreement || agreement.learners === 0) return null;
  const show = (value: number | null) =>
    value === null ? t("marking.several.undefined") : formatNumber(value, locale, 2);
  return (
    <section className="panel stack" aria-labelledby="agreement-title">
      <h2 id="agreement-title">{t("marking.several.agreement")}</h2>
      <p>{t("marking.several.icc", { value: show(agreement.intraclass_correlation) })}</p>
      <ul>
        {agreement.pairs.map((pair) => (
          <li key={`${pair.first_id}-${pair.second_id}`}>
            {t("marking.several.pair", {
              first: pair.first_name,
              second: pair.second_name,
              count: pair.learners,
              difference: show(pair.mean_absolute_difference),
              within: new Intl.NumberFormat(locale, { style: "percent" }).format(
                pair.within_tolerance,
              ),
              kappa: show(pair.quadratic_kappa),
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}
