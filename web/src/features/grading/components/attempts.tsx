import { useTranslation } from "react-i18next";
import { When } from "../../../ui/when";
import { NotesOnWork } from "../annotate/notes-on-work";
import type { Submission, Work } from "../api";
import { MadeBy } from "../group-work/group-notice";
import { AttemptScore, AttemptsAveraged } from "../policy/attempt-score";
import { LabelBadge } from "../policy/label-badge";
import { AnswersView } from "../questions/answers-view";
import { SimilarityLink } from "../similarity/similarity-link";
import { ReceiptCard } from "./receipt-card";
import { SubmissionView } from "./submission-view";

interface AttemptsProps {
  work: Pick<Work, "kept" | "marks" | "points_possible">;
  submissions: Submission[];
  /** The attempt whose receipt stands elsewhere on the page. */
  shownReceipt?: number;
  /** Read by somebody who answers for the learner: they have no pages of the course. */
  observed?: boolean;
}

/** What was handed in: the latest attempt is open, earlier ones unfold. */
export function Attempts({ work, submissions, shownReceipt, observed }: AttemptsProps) {
  const { t } = useTranslation();
  const each = submissions.map((submission, i) => (
    <details key={submission.submission_id} className="panel" open={i === 0}>
      <summary>
        <h2 className="inline-heading">{t("grading.attempt", { number: submission.attempt })}</h2>{" "}
        <span className="muted">
          <When at={submission.submitted_at} />{" "}
          {submission.late && <LabelBadge kind="late" assignmentId={submission.assignment_id} />}{" "}
          <AttemptScore work={work} attempt={submission.attempt} />
        </span>
      </summary>
      <div className="stack" style={{ marginBlockStart: 16 }}>
        <MadeBy submission={submission} />
        {!observed && <SimilarityLink submission={submission} />}
        <SubmissionView submission={submission} />
        <AnswersView submission={submission} marks={work.marks} />
        <NotesOnWork submission={submission} />
        {submission.submission_id !== shownReceipt && <ReceiptCard submission={submission} />}
      </div>
    </details>
  ));
  return (
    <>
      <AttemptsAveraged work={work} />
      {each}
    </>
  );
}
