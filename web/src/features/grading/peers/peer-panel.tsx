import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useCourseStanding } from "../../../lib/course-standing";
import { When } from "../../../ui/when";
import { MyReviewsPanel } from "./my-reviews";
import { peerPlanQuery } from "./peers-api";
import { ReceivedReviews } from "./received-reviews";

/** Peer review on an assignment's page: the plan for who teaches, what is to be done for who learns. */
export function PeerPanel({ assignmentId, base }: { assignmentId: number; base: string }) {
  const { may } = useCourseStanding();
  if (may("submission.read")) return <StaffPanel assignmentId={assignmentId} base={base} />;
  if (!may("submission.read_own")) return null;
  return (
    <>
      {may("peer_review.write") && <MyReviewsPanel assignmentId={assignmentId} base={base} />}
      <ReceivedReviews assignmentId={assignmentId} />
    </>
  );
}

function StaffPanel({ assignmentId, base }: { assignmentId: number; base: string }) {
  const { t } = useTranslation();
  const { may, zone } = useCourseStanding();
  const plan = useQuery(peerPlanQuery(assignmentId)).data;
  if (plan === undefined || (!plan && !may("peer_review.manage"))) return null;
  return (
    <section className="panel stack" aria-labelledby="peer-panel">
      <h2 id="peer-panel">{t("peers.title")}</h2>
      {plan ? (
        <p>
          {t("peers.planned", { count: plan.reviews_per_work })} {t("peers.until")}{" "}
          <When at={plan.reviews_due_at} zone={zone} />.
        </p>
      ) : (
        <p>{t("peers.none")}</p>
      )}
      <div>
        <Link className="button" to={`${base}/peers`}>
          {t(plan ? "peers.open" : "peers.begin")}
        </Link>
      </div>
    </section>
  );
}
