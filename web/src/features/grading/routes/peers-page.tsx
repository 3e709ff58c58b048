import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFilters, useId } from "../../../lib/address";
import { useCourseStanding } from "../../../lib/course-standing";
import { Button } from "../../../ui/button";
import { Page } from "../../../ui/page";
import { QueryView } from "../../../ui/query-view";
import { When } from "../../../ui/when";
import { assignmentQuery } from "../api";
import { PeerAllocation } from "../peers/peer-allocation";
import { PeerOverview } from "../peers/peer-overview";
import { PeerPlanForm } from "../peers/peer-plan-form";
import { PeerScores } from "../peers/peer-scores";
import { type PeerPlan, peerPlanQuery } from "../peers/peers-api";
import { ReviewDesk } from "../peers/review-desk";

/** Peer review of one assignment for who teaches: the plan, handing out, who has done what. */
export default function PeersPage() {
  const { t } = useTranslation();
  const assignmentId = useId("assignmentId");
  const { may } = useCourseStanding();
  const [{ learner, review }, setFilters] = useFilters();
  const [editing, setEditing] = useState(false);
  const assignment = useQuery(assignmentQuery(assignmentId)).data;
  const plan = useQuery(peerPlanQuery(assignmentId));
  const manages = may("peer_review.manage");
  return (
    <Page title={t("peers.title")} state={assignment?.title}>
      {review ? (
        <>
          <div>
            <Button onClick={() => setFilters({ review: undefined })}>{t("peers.back")}</Button>
          </div>
          <ReviewDesk id={Number(review)} reading />
        </>
      ) : (
        <QueryView query={plan}>
          {(stands) => (
            <>
              {stands && !editing && (
                <PlanRead plan={stands} onEdit={manages ? () => setEditing(true) : undefined} />
              )}
              {(editing || !stands) && manages && assignment && (
                <section className="panel">
                  <PeerPlanForm
                    key={stands?.version ?? 0}
                    assignment={assignment}
                    plan={stands}
                    onSaved={() => setEditing(false)}
                  />
                </section>
              )}
              {stands && manages && <PeerAllocation plan={stands} />}
              {stands?.by_rubric && may("grade.read") && <PeerScores plan={stands} />}
              {stands && <PeerOverview assignmentId={assignmentId} open={learner} />}
            </>
          )}
        </QueryView>
      )}
    </Page>
  );
}

function PlanRead({ plan, onEdit }: { plan: PeerPlan; onEdit?: () => void }) {
  const { t } = useTranslation();
  const { zone } = useCourseStanding();
  const by = plan.by_rubric && plan.by_comments ? "both" : plan.by_rubric ? "rubric" : "comments";
  return (
    <section className="panel stack-tight" aria-label={t("peers.plan.title")}>
      <div className="row-between">
        <p>
          {t("peers.planned", { count: plan.reviews_per_work })} {t(`peers.plan.asks.${by}`)}{" "}
          {t("peers.until")} <When at={plan.reviews_due_at} zone={zone} />.
        </p>
        {onEdit && <Button onClick={onEdit}>{t("peers.plan.change")}</Button>}
      </div>
      <p className="small muted">
        {[
          t(`peers.promise.${plan.names}`),
          `${t(`peers.plan.shown.${plan.feedback}`)}.`,
          plan.reviews_first && `${t("peers.plan.first")}.`,
          plan.calibrates && `${t("peers.plan.calibrates")}.`,
          plan.self_review && `${t("peers.plan.self")}.`,
        ]
          .filter(Boolean)
          .join(" ")}
      </p>
    </section>
  );
}
