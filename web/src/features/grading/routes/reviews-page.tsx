import "../components/desk.css";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFilters, useId } from "../../../lib/address";
import { Page } from "../../../ui/page";
import { QueryView } from "../../../ui/query-view";
import { Empty } from "../../../ui/states";
import { assignmentQuery } from "../api";
import { ReviewList } from "../peers/my-reviews";
import { myReviewsQuery } from "../peers/peers-api";
import { ReviewDesk } from "../peers/review-desk";

/** A learner's reviews of others' work: the list, and the one that is being written. */
export default function ReviewsPage() {
  const { t } = useTranslation();
  const assignmentId = useId("assignmentId");
  const [{ review }] = useFilters();
  const assignment = useQuery(assignmentQuery(assignmentId)).data;
  const query = useQuery(myReviewsQuery(assignmentId));
  return (
    <Page title={t("peers.title")} state={assignment?.title}>
      <QueryView query={query}>
        {(reviews) =>
          reviews && reviews.items.length > 0 ? (
            <div className="stack">
              <p className="small muted">{t(`peers.promise.${reviews.plan.names}`)}</p>
              <section className="panel" aria-label={t("peers.title")}>
                <ReviewList reviews={reviews} to="." open={review} />
              </section>
              {review && <ReviewDesk key={review} id={Number(review)} />}
            </div>
          ) : (
            <Empty title={t("peers.noneMine")}>{t("peers.noneMineHelp")}</Empty>
          )
        }
      </QueryView>
    </Page>
  );
}
