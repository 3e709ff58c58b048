import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "../../../lib/announce";
import { Button } from "../../../ui/button";
import { QueryView } from "../../../ui/query-view";
import { ActionFailed } from "../../../ui/states";
import { When } from "../../../ui/when";
import { ResetButton, ResetList } from "./peer-resets";
import {
  type Allocation,
  allocationJobQuery,
  allocationQuery,
  type PeerPlan,
  startAllocation,
} from "./peers-api";

/** What handing out would do now, what does not come out even, and the button that does it. */
export function PeerAllocation({ plan }: { plan: PeerPlan }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const id = plan.assignment_id;
  const query = useQuery(allocationQuery(id, plan.version));
  const [jobId, setJobId] = useState<string>();
  const job = useQuery(allocationJobQuery(jobId)).data;
  const start = useMutation({
    mutationFn: () => startAllocation(id),
    onSuccess: (started) => setJobId(started.job_id),
  });
  const state = job?.state;
  useEffect(() => {
    if (state !== "done") return;
    announce(t("peers.allocation.done"));
    setJobId(undefined);
    void queryClient.invalidateQueries({ queryKey: ["assignment", id, "peers"] });
  }, [state, id, queryClient, t]);
  const failed = state === "dead" || state === "cancelled";
  const busy = start.isPending || (jobId !== undefined && !failed);
  return (
    <section className="panel stack" aria-labelledby="peer-allocation">
      <h2 id="peer-allocation">{t("peers.allocation.title")}</h2>
      {plan.allocated_at ? (
        <p className="small muted">
          {t("peers.allocation.last")} <When at={plan.allocated_at} relative />
        </p>
      ) : (
        plan.allocates_at && (
          <p>
            {t("peers.allocation.planned")} <When at={plan.allocates_at} />
          </p>
        )
      )}
      <QueryView query={query} lines={3}>
        {(made) => (
          <>
            <Outcome made={made} />
            <div className="row">
              <Button
                kind={plan.allocated_at ? undefined : "primary"}
                busy={busy}
                disabled={made.added === 0}
                onClick={() => start.mutate()}
              >
                {t(plan.allocated_at ? "peers.allocation.again" : "peers.allocation.start")}
              </Button>
              {made.standing > 0 && <ResetButton assignmentId={id} />}
            </div>
            <ResetList assignmentId={id} />
          </>
        )}
      </QueryView>
      {failed && (
        <p className="notice" data-tone="bad" role="alert">
          {t("peers.allocation.failed")}
        </p>
      )}
      <ActionFailed error={start.error} />
    </section>
  );
}

function Outcome({ made }: { made: Allocation }) {
  const { t } = useTranslation();
  const range = ({ fewest, most }: Allocation["per_work"]) =>
    fewest === most ? String(most) : t("peers.allocation.range", { fewest, most });
  return (
    <>
      <p>
        {made.added === 0
          ? t("peers.allocation.nothing", { count: made.works, standing: made.standing })
          : t("peers.allocation.would", { count: made.added, works: made.works })}
      </p>
      {made.works > 0 && (
        <p className="small muted">
          {t("peers.allocation.loads", {
            gets: range(made.per_work),
            gives: range(made.per_reviewer),
          })}
        </p>
      )}
      {made.findings.map((finding) => (
        <p
          key={finding.issue}
          className="notice"
          data-tone={finding.issue === "samples" ? undefined : "warn"}
        >
          {t(`peers.finding.${finding.issue}`, {
            count: finding.count,
            fewest: made.per_reviewer.fewest,
          })}
        </p>
      ))}
    </>
  );
}
