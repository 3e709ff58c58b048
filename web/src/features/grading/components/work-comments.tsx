import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Avatar, Badge } from "../../../ui/badge";
import { Button } from "../../../ui/button";
import { TextArea } from "../../../ui/field";
import { ActionFailed } from "../../../ui/states";
import { When } from "../../../ui/when";
import { addComment, type WorkComment } from "../api";
import { RemarkFiles } from "../work-files/remark-files";
import { RemarkReach } from "./remark-reach";

/** What was said of somebody's work, oldest first. */
export function WorkComments({ comments }: { comments: WorkComment[] }) {
  const { t } = useTranslation();
  if (comments.length === 0) return null;
  return (
    <section className="stack">
      <h2 className="inline-heading">{t("grading.comments")}</h2>
      <ul className="stack">
        {comments.map((comment) => (
          <li
            key={comment.submission_comment_id}
            className="row"
            style={{ alignItems: "flex-start" }}
          >
            <Avatar name={comment.author_name ?? "?"} />
            <div className="grow">
              <strong>{comment.author_name}</strong>{" "}
              <span className="small muted">
                <When at={comment.created_at} relative />
              </span>{" "}
              {comment.waits && <Badge>{t("grading.remark.waiting")}</Badge>}
              {comment.body && <p className="prose">{comment.body}</p>}
              <RemarkFiles files={comment.files} author={comment.author_name} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface CommentFormProps {
  assignmentId: number;
  submissionId: number;
  /** Whether a grader's remark waits for posting; left out where learners write, whose words do not. */
  waits?: boolean;
}

export function CommentForm({ assignmentId, submissionId, waits }: CommentFormProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [text, setText] = useState("");
  const [atOnce, setAtOnce] = useState(false);
  const mutation = useMutation({
    mutationFn: () => addComment(submissionId, text.trim(), atOnce),
    onSuccess: async () => {
      setText("");
      setAtOnce(false);
      await queryClient.invalidateQueries({ queryKey: ["assignment", assignmentId, "work"] });
      await queryClient.invalidateQueries({ queryKey: ["assignment", assignmentId, "mine"] });
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
      {waits !== undefined && <RemarkReach waits={waits} atOnce={atOnce} onAtOnce={setAtOnce} />}
      <ActionFailed error={mutation.error} />
      <div>
        <Button type="submit" busy={mutation.isPending}>
          {t("grading.sendComment")}
        </Button>
      </div>
    </form>
  );
}
