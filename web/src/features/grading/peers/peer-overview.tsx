import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCourseStanding } from "../../../lib/course-standing";
import { useLocale } from "../../../lib/i18n";
import { formatNumber, formatPercent } from "../../../lib/numbers";
import { itemsOf } from "../../../lib/query-client";
import { Badge } from "../../../ui/badge";
import { Button } from "../../../ui/button";
import { SelectField } from "../../../ui/field";
import { QueryView, ShowMore } from "../../../ui/query-view";
import { ActionFailed, Empty } from "../../../ui/states";
import { Table } from "../../../ui/table";
import { When } from "../../../ui/when";
import { ResetButton } from "./peer-resets";
import {
  addPair,
  type Pair,
  pairsQuery,
  type ReviewerLine,
  removePair,
  restorePair,
  reviewersQuery,
} from "./peers-api";

/** Who has done how many, and who waits for how many; one of them open below. */
export function PeerOverview({ assignmentId, open }: { assignmentId: number; open?: string }) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(reviewersQuery(assignmentId));
  return (
    <section className="stack" aria-labelledby="peer-overview">
      <h2 id="peer-overview">{t("peers.overview.title")}</h2>
      <QueryView query={query}>
        {(data) => {
          const lines = itemsOf(data);
          const one = lines.find((line) => String(line.user_id) === open);
          if (lines.length === 0) return <Empty title={t("peers.overview.empty")} />;
          return (
            <>
              {one && <OneLearner key={open} {...{ assignmentId, lines, one }} />}
              <Lines lines={lines} />
            </>
          );
        }}
      </QueryView>
      <ShowMore query={query} />
    </section>
  );
}

function Lines({ lines }: { lines: ReviewerLine[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const near = lines.some((line) => line.reliability !== null);
  const columns = ["learner", "gives", "gets", "last", ...(near ? ["reliability"] : [])].map((c) =>
    t(`peers.overview.${c}`),
  );
  const part = (done: number, of: number) => t("peers.overview.part", { done, of });
  return (
    <Table columns={columns}>
      {lines.map((line) => (
        <tr key={line.user_id}>
          <td data-label={columns[0]}>
            <Link
              to="."
              search={(now: Record<string, string>) => ({ ...now, learner: String(line.user_id) })}
            >
              {line.name}
            </Link>
          </td>
          <td data-label={columns[1]} className="figures">
            {part(line.given_done, line.given)}{" "}
            {line.given_done < line.given && <Badge tone="warn">{t("peers.overview.owes")}</Badge>}
          </td>
          <td data-label={columns[2]} className="figures">
            {part(line.received_done, line.received)}
          </td>
          <td data-label={columns[3]}>
            {line.last_at ? <When at={line.last_at} relative /> : "–"}
          </td>
          {near && (
            <td data-label={columns[4]} className="figures">
              {line.reliability === null ? "–" : formatPercent(line.reliability * 100, locale)}
            </td>
          )}
        </tr>
      ))}
    </Table>
  );
}

interface OneProps {
  assignmentId: number;
  lines: ReviewerLine[];
  one: ReviewerLine;
}

/** The pairs of one learner, and the ways to change them by hand. */
function OneLearner({ assignmentId, lines, one }: OneProps) {
  const { t } = useTranslation();
  const { may } = useCourseStanding();
  const query = useQuery(pairsQuery(assignmentId, one.user_id));
  const groups = [
    { title: "writes", of: (pair: Pair) => pair.reviewer_id === one.user_id },
    { title: "isReviewed", of: (pair: Pair) => pair.reviewer_id !== one.user_id },
  ];
  return (
    <div className="panel stack">
      <h3>{one.name}</h3>
      <QueryView query={query} lines={3}>
        {(pairs) => (
          <>
            {groups.map(({ title, of }) => (
              <div key={title}>
                <h4>{t(`peers.overview.${title}`)}</h4>
                {pairs.filter(of).length === 0 && <p className="muted">{t("peers.overview.no")}</p>}
                <ul className="plain stack-tight">
                  {pairs.filter(of).map((pair) => (
                    <PairRow key={pair.peer_review_id} pair={pair} by={title !== "writes"} />
                  ))}
                </ul>
              </div>
            ))}
          </>
        )}
      </QueryView>
      {may("peer_review.manage") && (
        <>
          <AddPair {...{ assignmentId, lines, one }} />
          {one.given > 0 && (
            <div>
              <ResetButton assignmentId={assignmentId} reviewer={one} />
            </div>
          )}
        </>
      )}
    </div>
  );
}

function PairRow({ pair, by }: { pair: Pair; by: boolean }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { may } = useCourseStanding();
  const queryClient = useQueryClient();
  const gone = pair.removed_at !== null;
  const move = useMutation({
    mutationFn: () => (gone ? restorePair : removePair)(pair.peer_review_id),
    onSuccess: () =>
      queryClient.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] === "assignment" && queryKey[2] === "peers",
      }),
  });
  const state = pair.handed_in_at ? "handed_in" : pair.saved_at ? "started" : "to_do";
  return (
    <li>
      <div className="row-between">
        <span>
          <Link
            to="."
            search={(now: Record<string, string>) => ({
              ...now,
              review: String(pair.peer_review_id),
            })}
          >
            {pair.kind === "self"
              ? t("peers.overview.own")
              : by
                ? pair.reviewer_name
                : pair.author_name}
          </Link>{" "}
          {pair.kind === "sample" && <Badge tone="info">{t("peers.overview.sample")}</Badge>}{" "}
          <Badge>{t(gone ? "peers.overview.gone" : `peers.state.${state}`)}</Badge>{" "}
          {pair.total !== null && (
            <span className="figures muted">{formatNumber(pair.total, locale, 4)}</span>
          )}
        </span>
        {may("peer_review.manage") && (
          <Button busy={move.isPending} onClick={() => move.mutate()}>
            {t(gone ? "peers.overview.putBack" : "peers.overview.take")}
          </Button>
        )}
      </div>
      <ActionFailed error={move.error} />
    </li>
  );
}

function AddPair({ assignmentId, lines, one }: OneProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [author, setAuthor] = useState("");
  const add = useMutation({
    mutationFn: () => addPair(assignmentId, one.user_id, Number(author)),
    onSuccess: () => {
      setAuthor("");
      return queryClient.invalidateQueries({ queryKey: ["assignment", assignmentId, "peers"] });
    },
  });
  return (
    <div className="stack-tight">
      <div className="toolbar">
        <SelectField
          label={t("peers.overview.add")}
          value={author}
          onChange={(event) => setAuthor(event.target.value)}
          choices={[
            { value: "", label: t("peers.overview.choose") },
            ...lines.map((line) => ({ value: String(line.user_id), label: line.name })),
          ]}
        />
        <Button disabled={!author} busy={add.isPending} onClick={() => add.mutate()}>
          {t("peers.overview.ask")}
        </Button>
      </div>
      <ActionFailed error={add.error} />
    </div>
  );
}
