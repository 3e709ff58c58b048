import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatPercent } from "../../../lib/numbers";
import { itemsOf } from "../../../lib/query-client";
import { Badge } from "../../../ui/badge";
import { Button } from "../../../ui/button";
import { QueryView, ShowMore } from "../../../ui/query-view";
import { ActionFailed, Empty } from "../../../ui/states";
import { toast } from "../../../ui/toast";
import {
  compareAgain,
  isUnderWay,
  POLL_MS,
  type SimilarityLine,
  similarityLinesQuery,
  similarityPolicyQuery,
} from "./similarity-api";

interface SimilarityListProps {
  assignmentId: number;
  /** The page of one attempt, without its number. */
  base: string;
  mayAsk: boolean;
}

/** How much of each attempt stands elsewhere, the most alike first. */
export function SimilarityList({ assignmentId, base, mayAsk }: SimilarityListProps) {
  const { t } = useTranslation();
  const policy = useQuery(similarityPolicyQuery(assignmentId)).data;
  if (!policy) return null;
  if (!policy.enabled) return <Empty title={t("similarity.off")}>{t("similarity.offHelp")}</Empty>;
  return <Lines assignmentId={assignmentId} base={base} mayAsk={mayAsk} />;
}

function Lines({ assignmentId, base, mayAsk }: SimilarityListProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const query = useInfiniteQuery({
    ...similarityLinesQuery(assignmentId),
    // While work is being compared the order is still forming.
    refetchInterval: (now) =>
      now.state.data && itemsOf(now.state.data).some((line) => isUnderWay(line.state))
        ? 2 * POLL_MS
        : false,
  });
  const again = useMutation({
    mutationFn: () => compareAgain(assignmentId, null),
    onSuccess: async () => {
      toast(t("similarity.asked"));
      await queryClient.invalidateQueries({
        queryKey: ["assignment", assignmentId, "similarity"],
      });
    },
  });
  return (
    <>
      <p className="small muted">{t("similarity.says")}</p>
      <ActionFailed error={again.error} />
      {mayAsk && (
        <div className="row">
          <Button busy={again.isPending} onClick={() => again.mutate()}>
            {t("similarity.allAgain")}
          </Button>
        </div>
      )}
      <QueryView query={query}>
        {(data) => {
          const lines = itemsOf(data);
          if (lines.length === 0) return <Empty title={t("similarity.empty")} />;
          return (
            <ul className="rows panel">
              {lines.map((line) => (
                <Line key={line.submission_id} line={line} base={base} />
              ))}
            </ul>
          );
        }}
      </QueryView>
      <ShowMore query={query} />
    </>
  );
}

function Line({ line, base }: { line: SimilarityLine; base: string }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <li>
      <Link className="rows-link" to={`${base}/${line.submission_id}`}>
        <span className="grow">
          <strong>{line.name}</strong>
          <br />
          <span className="small muted">{t("grading.attempt", { number: line.attempt })}</span>
        </span>
        {line.unread_files > 0 && (
          <Badge tone="warn">{t("similarity.unread", { count: line.unread_files })}</Badge>
        )}
        {isUnderWay(line.state) && <Badge tone="info">{t("similarity.underWayShort")}</Badge>}
        <span className="figures">
          {line.state === "nothing" ? "–" : formatPercent(line.share_percent, locale, 0)}
        </span>
      </Link>
    </li>
  );
}
