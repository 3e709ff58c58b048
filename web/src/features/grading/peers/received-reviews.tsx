import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { When } from "../../../ui/when";
import { RubricView } from "../rubrics/rubric-view";
import { type ReceivedReview, receivedQuery } from "./peers-api";

/** What peers said of one's own work; never among what graders said. */
export function ReceivedReviews({ assignmentId }: { assignmentId: number }) {
  const { t } = useTranslation();
  const received = useQuery(receivedQuery(assignmentId)).data;
  if (!received || (!received.waits && received.items.length === 0)) return null;
  return (
    <section className="panel stack" aria-labelledby="received-reviews">
      <h2 id="received-reviews">{t("peers.received.title")}</h2>
      {received.waits ? (
        <p>
          {t(`peers.received.waits.${received.waits}`, { count: received.owed })}{" "}
          {received.waits === "due" && <When at={received.reviews_due_at} />}
        </p>
      ) : (
        <>
          <p className="small muted">
            {t(received.taken_over ? "peers.received.takenOver" : "peers.received.notGraders")}
          </p>
          {(received.items as ReceivedReview[]).map((one, at) => (
            <article key={one.peer_review_id} className="stack-tight">
              <h3>
                {one.kind === "self"
                  ? t("peers.received.own")
                  : t("peers.received.by", { number: at + 1, name: one.reviewer_name ?? "" })}
              </h3>
              {one.comment && <p className="prose">{one.comment}</p>}
              {one.assessment && (
                <RubricView rubric={one.assessment.rubric} scores={one.assessment.criteria} />
              )}
              <p className="small muted">
                <When at={one.handed_in_at} />
              </p>
            </article>
          ))}
        </>
      )}
    </section>
  );
}
