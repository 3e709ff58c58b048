import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Badge, type Tone } from "../../../ui/badge";
import { When } from "../../../ui/when";
import { type MyReview, type MyReviews, myReviewsQuery } from "./peers-api";

const tones: Record<MyReview["state"], Tone> = {
  to_do: "warn",
  started: "info",
  handed_in: "good",
};

/** The reviews somebody is asked for, each a link to where it is written. */
export function ReviewList({
  reviews,
  to,
  open,
}: {
  reviews: MyReviews;
  to: string;
  open?: string;
}) {
  const { t } = useTranslation();
  const samples = reviews.items.filter((one) => one.kind === "sample").length;
  return (
    <ul className="rows peer-list">
      {reviews.items.map((one, at) => (
        <li key={one.peer_review_id}>
          <Link
            className="rows-link"
            to={to}
            search={{ review: String(one.peer_review_id) }}
            aria-current={open === String(one.peer_review_id) ? "true" : undefined}
          >
            <span className="grow">
              <strong>
                {one.kind === "self"
                  ? t("peers.ownWork")
                  : one.kind === "sample"
                    ? t("peers.sample", { number: at + 1 })
                    : t("peers.work", { number: at + 1 - samples })}
              </strong>
              {one.author_name && <span className="muted"> · {one.author_name}</span>}
            </span>
            {one.late && <Badge tone="warn">{t("grading.flag.late")}</Badge>}
            <Badge tone={tones[one.state]}>{t(`peers.state.${one.state}`)}</Badge>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** On an assignment: what is asked of a learner as a reviewer. */
export function MyReviewsPanel({ assignmentId, base }: { assignmentId: number; base: string }) {
  const { t } = useTranslation();
  const reviews = useQuery(myReviewsQuery(assignmentId)).data;
  if (!reviews) return null;
  const left = reviews.items.filter((one) => one.state !== "handed_in").length;
  return (
    <section className="panel stack" aria-labelledby="my-reviews">
      <h2 id="my-reviews">{t("peers.title")}</h2>
      <p>
        {reviews.items.length === 0
          ? t("peers.notYetMine", { count: reviews.plan.reviews_per_work })
          : t("peers.left", { count: left })}{" "}
        {t("peers.until")} <When at={reviews.plan.reviews_due_at} />.
      </p>
      <p className="small muted">{t(`peers.promise.${reviews.plan.names}`)}</p>
      {reviews.plan.reviews_first && <p className="small muted">{t("peers.first")}</p>}
      {reviews.items.length > 0 && <ReviewList reviews={reviews} to={`${base}/reviews`} />}
    </section>
  );
}
