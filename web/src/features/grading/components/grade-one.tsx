import "./desk.css";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useHotkeys } from "../../../lib/hotkeys";
import { Button, IconButton } from "../../../ui/button";
import { TextArea } from "../../../ui/field";
import { QueryView } from "../../../ui/query-view";
import { ActionFailed } from "../../../ui/states";
import { When } from "../../../ui/when";
import { type Assignment, addComment, type SubmissionRow, submissionQuery } from "../api";
import { GradeForm } from "./grade-form";
import { SubmissionView } from "./submission-view";

interface GradeOneProps {
  assignment: Assignment;
  row: SubmissionRow;
  next: SubmissionRow | undefined;
  previous: SubmissionRow | undefined;
  onGo: (userId: number) => void;
}

/** One learner's work beside its grade; j and k walk through the list. */
export function GradeOne({ assignment, row, next, previous, onGo }: GradeOneProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  useHotkeys({
    j: () => next && onGo(next.user_id),
    k: () => previous && onGo(previous.user_id),
  });
  return (
    <section className="panel stack desk-one" aria-labelledby="desk-name">
      <div className="row-between">
        <h2 id="desk-name">{row.name}</h2>
        <div className="row">
          <IconButton
            label={t("grading.previousLearner")}
            icon={<ChevronLeft size={18} className="flips" />}
            disabled={!previous}
            onClick={() => previous && onGo(previous.user_id)}
          />
          <IconButton
            label={t("grading.nextLearner")}
            icon={<ChevronRight size={18} className="flips" />}
            disabled={!next}
            onClick={() => next && onGo(next.user_id)}
          />
        </div>
      </div>
      <div className="stack">
        {row.submission_id ? (
          <Opened submissionId={row.submission_id} />
        ) : (
          <p className="muted">{t("grading.notHandedIn")}</p>
        )}
      </div>
      <GradeForm
        key={row.grade_version}
        assignmentId={assignment.assignment_id}
        userId={row.user_id}
        pointsPossible={assignment.points_possible}
        grade={{
          score: row.score,
          excused: row.status === "excused",
          version: row.grade_version ?? 0,
        }}
        onWritten={() =>
          void queryClient.invalidateQueries({
            queryKey: ["assignment", assignment.assignment_id, "submissions"],
          })
        }
      />
    </section>
  );
}

function Opened({ submissionId }: { submissionId: number }) {
  const { t } = useTranslation();
  const query = useQuery(submissionQuery(submissionId));
  return (
    <QueryView query={query} lines={4}>
      {(submission) => (
        <>
          <p className="small muted">
            {t("grading.attempt", { number: submission.attempt })} ·{" "}
            <When at={submission.submitted_at} />
            {submission.late && ` · ${t("grading.flag.late")}`}
          </p>
          <SubmissionView submission={submission} />
          <CommentForm submissionId={submissionId} />
        </>
      )}
    </QueryView>
  );
}

function CommentForm({ submissionId }: { submissionId: number }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [text, setText] = useState("");
  const mutation = useMutation({
    mutationFn: () => addComment(submissionId, text.trim()),
    onSuccess: async () => {
      setText("");
      await queryClient.invalidateQueries({ queryKey: submissionQuery(submissionId).queryKey });
    },
  });
  return (
    <form
      className="stack-tight"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() && !mutation.isPending) mutation.mutate();
      }}
    >
      <TextArea
        label={t("grading.addComment")}
        rows={2}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <ActionFailed error={mutation.error} />
      <div>
        <Button type="submit" busy={mutation.isPending}>
          {t("grading.sendComment")}
        </Button>
      </div>
    </form>
  );
}
