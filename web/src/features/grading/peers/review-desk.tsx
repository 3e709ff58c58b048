import "./peers.css";
import "../rubrics/rubrics.css";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useCallback } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "../../../lib/announce";
import { useCourseStanding } from "../../../lib/course-standing";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { Button } from "../../../ui/button";
import { TextArea } from "../../../ui/field";
import { QueryView } from "../../../ui/query-view";
import { SaveState } from "../../../ui/save-state";
import { ActionFailed, Skeleton } from "../../../ui/states";
import { When } from "../../../ui/when";
import { CriterionAssess } from "../rubrics/criterion-assess";
import { RubricView } from "../rubrics/rubric-view";
import { type PeerReview, peerReviewQuery } from "./peers-api";
import { useReview } from "./use-review";

const WorkPane = lazy(async () => ({ default: (await import("../annotate/work-pane")).WorkPane }));

/** A piece of work beside what is said of it; for its reviewer to write, for graders to read. */
export function ReviewDesk({ id, reading }: { id: number; reading?: boolean }) {
  const { t } = useTranslation();
  const query = useQuery(peerReviewQuery(id));
  return (
    <QueryView query={query} lines={8}>
      {(review) => (
        <div className="peer-desk">
          <section className="panel stack" aria-label={nameOf(review)}>
            {!reading && (
              <h2>{headings[review.kind] ? t(headings[review.kind]) : nameOf(review)}</h2>
            )}
            <Suspense fallback={<Skeleton lines={8} />}>
              <WorkPane submission={review.work} editable={false} marks={false} />
            </Suspense>
          </section>
          {reading ? <ReadReview review={review} /> : <WriteReview key={id} review={review} />}
        </div>
      )}
    </QueryView>
  );
}

/** What a grader says of a work to practise on, beside what was said here. */
function Reference({ review }: { review: Pick<PeerReview, "reference" | "assessment"> }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { reference, assessment } = review;
  if (!reference) return null;
  return (
    <section className="stack-tight" aria-labelledby="reference">
      <h3 id="reference">{t("peers.reference.title")}</h3>
      <p>
        {t("peers.reference.score", { score: formatNumber(reference.score, locale, 4) })}{" "}
        {reference.comment}
      </p>
      {reference.assessment && assessment && (
        <RubricView
          rubric={assessment.rubric}
          scores={reference.assessment.criteria as typeof assessment.criteria}
        />
      )}
    </section>
  );
}

/** Work whose author has no name here. */
const headings: Record<PeerReview["kind"], string> = {
  peer: "",
  self: "peers.ownWork",
  sample: "peers.overview.sample",
};

const nameOf = (review: PeerReview) => review.author_name ?? review.title;

function WriteReview({ review }: { review: PeerReview }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { zone } = useCourseStanding();
  const queryClient = useQueryClient();
  const { assignment_id: assignmentId, peer_review_id: id } = review;
  const state = useReview(
    review,
    useCallback(
      (handedIn: boolean) => {
        if (handedIn) announce(t("peers.handedIn"));
        void queryClient.invalidateQueries({ queryKey: ["assignment", assignmentId, "peers"] });
        // What is open stays as it is written; who comes back reads it anew.
        void queryClient.invalidateQueries({
          queryKey: peerReviewQuery(id).queryKey,
          refetchType: "none",
        });
        if (handedIn) void queryClient.invalidateQueries({ queryKey: ["dashboard"] });
      },
      [queryClient, assignmentId, id, t],
    ),
  );
  const { now } = state;
  if (review.closed_because) return <ReadReview review={review} closed />;
  // Who has seen the reference reads from here on.
  if (now.reference)
    return <ReadReview review={{ ...now, closed_because: "peer_sample_answered" }} closed />;
  return (
    <section className="panel stack" aria-label={t("peers.yours")}>
      <div className="row-between">
        <span className="small muted">
          {t("grading.due")} <When at={now.reviews_due_at} zone={zone} />
        </span>
        <SaveState status={state.status} />
      </div>
      {now.handed_in_at && (
        <p className="notice" data-tone="good">
          {t("peers.isHandedIn")} <When at={now.handed_in_at} relative />. {t("peers.canChange")}
        </p>
      )}
      <ActionFailed error={state.error} />
      {now.assessment && (
        <div className="assess">
          <strong className="figures">
            {t("rubrics.earned", {
              points: formatNumber(now.assessment.total ?? 0, locale, 4),
              most: formatNumber(now.assessment.rubric.points_possible, locale, 4),
            })}
          </strong>
          {now.assessment.rubric.criteria.map((criterion) => (
            <CriterionAssess
              key={`${now.assessment?.rubric.version}-${criterion.criterion_id}`}
              criterion={criterion}
              score={now.assessment?.criteria.find(
                (one) => one.criterion_id === criterion.criterion_id,
              )}
              sending={state.sending[criterion.criterion_id]}
              onChange={(said) => state.say(criterion.criterion_id, said)}
              onChoose={() => {}}
            />
          ))}
        </div>
      )}
      <TextArea
        label={t(now.by_comments ? "peers.comment" : "peers.commentFree")}
        rows={8}
        value={state.text}
        maxLength={20_000}
        onChange={(event) => state.write(event.target.value)}
      />
      {state.theirs !== undefined && (
        <div className="notice" data-tone="bad" role="alert">
          <span className="grow">{t("peers.otherWindow", { text: state.theirs })}</span>
          <Button onClick={() => state.choose(false)}>{t("grading.conflict.keepTheirs")}</Button>
          <Button onClick={() => state.choose(true)}>{t("grading.conflict.keepMine")}</Button>
        </div>
      )}
      {!now.handed_in_at && (
        <div>
          <Button kind="primary" busy={state.handing} onClick={state.handIn}>
            {t("peers.handIn")}
          </Button>
        </div>
      )}
    </section>
  );
}

function ReadReview({ review, closed }: { review: PeerReview; closed?: boolean }) {
  const { t } = useTranslation();
  return (
    <section className="panel stack" aria-label={t("peers.one")}>
      {closed && (
        <p className="notice">{t(`peers.closed.${review.closed_because}`, { defaultValue: "" })}</p>
      )}
      {review.reviewer_name && (
        <p>
          <strong>
            {t("peers.reviews", { reviewer: review.reviewer_name, author: nameOf(review) })}
          </strong>
        </p>
      )}
      <p className="small muted">
        {review.handed_in_at ? (
          <>
            {t("peers.isHandedIn")} <When at={review.handed_in_at} />
          </>
        ) : (
          t("peers.notHandedIn")
        )}
      </p>
      {review.assessment && (
        <RubricView rubric={review.assessment.rubric} scores={review.assessment.criteria} />
      )}
      {review.comment && <p className="prose">{review.comment}</p>}
      <Reference review={review} />
    </section>
  );
}
