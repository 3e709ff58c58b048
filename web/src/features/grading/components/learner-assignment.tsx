import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { Button } from "../../../ui/button";
import { QueryView } from "../../../ui/query-view";
import { type Assignment, type HandedIn, myWorkQuery } from "../api";
import { GroupNotice } from "../group-work/group-notice";
import { AssessmentCard } from "../rubrics/rubric-view";
import { Attempts } from "./attempts";
import { HandInForm } from "./hand-in";
import { LatePassCard } from "./late-pass-card";
import { ReceiptCard } from "./receipt-card";
import { MyRegrade } from "./regrade";
import { CommentForm, WorkComments } from "./work-comments";

/** The learner's half of an assignment: hand in, the receipt, what came back, earlier attempts. */
export function LearnerAssignment({ assignment }: { assignment: Assignment }) {
  const { t } = useTranslation();
  const query = useQuery(myWorkQuery(assignment.assignment_id));
  const [again, setAgain] = useState(false);
  const [receipt, setReceipt] = useState<HandedIn>();
  const online = assignment.submission_types.some((type) => type !== "on_paper" && type !== "none");

  return (
    <div className="stack">
      <Feedback assignment={assignment} />
      <LatePassCard assignment={assignment} />
      {receipt && <ReceiptCard submission={receipt} />}
      {!online && <p className="notice">{t(`grading.handIn.${assignment.submission_types[0]}`)}</p>}
      <QueryView query={query} lines={3}>
        {(work) => {
          const submissions = work.attempts;
          const used = submissions.length;
          // The server names the latest attempt first.
          const last = submissions[0];
          const closed = assignment.my?.closed_because ?? null;
          const writing = online && !closed && (used === 0 || again);
          return (
            <>
              <GroupNotice work={work} />
              {work.returned && (
                <div className="notice" data-tone="warn">
                  <strong>{t("speed.return.yours")}</strong>
                  <p className="prose">{work.returned.note}</p>
                </div>
              )}
              {online && closed && (
                <p className="notice" data-tone="warn">
                  {t(`grading.closed.${closed}`, { count: used, defaultValue: "" })}
                </p>
              )}
              {writing && (
                <section className="panel">
                  <h2>{t("grading.handIn.title")}</h2>
                  <HandInForm
                    assignment={assignment}
                    onHandedIn={(submission) => {
                      setReceipt(submission);
                      setAgain(false);
                    }}
                  />
                </section>
              )}
              {!writing && online && !closed && (
                <div>
                  <Button onClick={() => setAgain(true)}>{t("grading.handIn.again")}</Button>
                </div>
              )}
              {work.assessment && <AssessmentCard assessment={work.assessment} />}
              <WorkComments comments={work.comments} />
              <MyRegrade work={work} />
              <Attempts
                work={work}
                submissions={submissions}
                shownReceipt={receipt?.submission_id}
              />
              {last && (
                <CommentForm
                  assignmentId={assignment.assignment_id}
                  submissionId={last.submission_id}
                />
              )}
            </>
          );
        }}
      </QueryView>
    </div>
  );
}

function Feedback({ assignment }: { assignment: Assignment }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const my = assignment.my;
  if (!my || (my.score === null && !my.excused)) return null;
  return (
    <p className="notice" data-tone="good">
      <strong>
        {my.excused
          ? t("grading.excused")
          : t("grading.yourScore", {
              score: formatNumber(my.score ?? 0, locale),
              points: formatNumber(assignment.points_possible, locale),
            })}
      </strong>
    </p>
  );
}
