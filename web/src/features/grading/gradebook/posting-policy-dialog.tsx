import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldError } from "../../../lib/problem";
import { useTimeZone } from "../../../lib/session";
import { Button } from "../../../ui/button";
import { SelectField } from "../../../ui/field";
import { FormDialog } from "../../../ui/form-dialog";
import { InstantField } from "../../../ui/instant-field";
import { toast } from "../../../ui/toast";
import { When } from "../../../ui/when";
import { type Posting, postingsQuery, savePostingPolicy } from "../postings-api";
import type { PostingDialogProps } from "./post-dialog";
import { usePosted } from "./use-posted";

const policies = ["automatic", "scheduled", "manual"] as const;
type Policy = (typeof policies)[number];

/** When learners see grades of an assignment, and when they were shown or hidden so far. */
export function PostingPolicyDialog({ courseId, assignment, onClose }: PostingDialogProps) {
  const { t } = useTranslation();
  const zone = useTimeZone();
  const [policy, setPolicy] = useState<Policy>(
    assignment.posts_at ? "scheduled" : assignment.posts_manually ? "manual" : "automatic",
  );
  const [at, setAt] = useState(assignment.posts_at ?? null);
  // What the choice was made upon: the page behind goes on being refreshed.
  const [version] = useState(assignment.version ?? 0);
  const { refresh, undo } = usePosted(courseId, assignment.assignment_id);
  const mutation = useMutation({
    mutationFn: () =>
      savePostingPolicy(assignment.assignment_id, {
        posts_manually: policy !== "automatic",
        posts_at: policy === "scheduled" ? at : null,
        version,
      }),
    onSuccess: () => {
      refresh();
      toast(t(`grading.posting.policySaved.${policy}`));
      onClose();
    },
  });

  return (
    <FormDialog
      title={t("grading.posting.title.when", { title: assignment.title })}
      mutation={mutation}
      disabled={policy === "scheduled" && !at}
      onClose={onClose}
    >
      <SelectField
        label={t("grading.posting.policy")}
        help={t(`grading.posting.policyHelp.${policy}`)}
        value={policy}
        onChange={(event) => setPolicy(event.target.value as Policy)}
        choices={policies
          .filter((value) => value !== "automatic" || !assignment.anonymous)
          .map((value) => ({ value, label: t(`grading.posting.by.${value}`) }))}
      />
      {policy === "scheduled" && assignment.anonymous && (
        <p className="notice" data-tone="warn">
          {t("marking.anonymous.postingLifts")}
        </p>
      )}
      {policy === "scheduled" && (
        <InstantField
          label={t("grading.posting.at")}
          value={at}
          zone={zone}
          onChange={setAt}
          error={fieldError(mutation.error, "posts_at")}
        />
      )}
      <PostingList assignmentId={assignment.assignment_id} onUndo={undo} />
    </FormDialog>
  );
}

interface PostingListProps {
  assignmentId: number;
  onUndo: (posting: Posting) => void;
}

function PostingList({ assignmentId, onUndo }: PostingListProps) {
  const { t } = useTranslation();
  const postings = useQuery(postingsQuery(assignmentId)).data ?? [];
  if (postings.length === 0) return null;
  return (
    <section aria-labelledby="postings-title">
      <h3 id="postings-title">{t("grading.posting.soFar")}</h3>
      <ul className="plain stack-tight">
        {postings.map((posting) => (
          <li key={posting.posting_id} className="row-between">
            <span>
              {t(`grading.posting.done.${posting.kind}`, { count: posting.grades })}
              <br />
              <span className="small muted">
                {posting.actor.name} <When at={posting.at} relative />
                {posting.undone_at && ` · ${t("grading.posting.undone")}`}
              </span>
            </span>
            {posting.can_undo && (
              <Button onClick={() => onUndo(posting)}>{t("action.undo")}</Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
