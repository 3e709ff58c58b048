import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "../../../lib/session";
import { Button } from "../../../ui/button";
import { SelectField, TextArea, TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { QueryView } from "../../../ui/query-view";
import { SaveState } from "../../../ui/save-state";
import {
  type Assignment,
  type Draft,
  type HandedIn,
  type HandIn,
  handIn,
  type SubmissionType,
  startUpload,
} from "../api";
import { DraftMet } from "../group-work/draft-met";
import { AnswerSheet } from "../questions/answer-sheet";
import { questionsQuery } from "../questions/questions-api";
import { FilePicker } from "./file-picker";
import { forgetSubmissionKey, submissionKey, type Unfinished, useDraft } from "./use-draft";

interface HandInFormProps {
  assignment: Assignment;
  onHandedIn: (submission: HandedIn) => void;
}

/** Where a learner writes and hands in. The draft saves itself; handing in happens once. */
export function HandInForm({ assignment, onHandedIn }: HandInFormProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const who = useSession()?.user.user_id ?? 0;
  const id = assignment.assignment_id;
  const types = assignment.submission_types.filter(
    (type) => type !== "on_paper" && type !== "none",
  );
  const [chosen, setType] = useState<SubmissionType>();
  const [sending, setSending] = useState(0);
  const { query, work, change, status, clear, met, settle } = useDraft(id, who);
  // Who comes back to a draft finds it, and not another empty field.
  const type = chosen ?? types.find((one) => holds(query.data, one)) ?? types[0] ?? "text";
  const asked = useQuery({ ...questionsQuery(id), enabled: type === "questions" });
  const questions = asked.data?.items ?? [];
  // State would let a second press through before the next drawing; a reference does not.
  const underWay = useRef(false);

  const mutation = useMutation({
    mutationFn: () =>
      handIn(
        id,
        bodyOf(
          type,
          work,
          questions.map((question) => question.question_id),
        ),
        submissionKey(id, who),
      ),
    onSuccess: async (submission) => {
      forgetSubmissionKey(id, who);
      clear();
      onHandedIn(submission);
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: ["assignment", id] }),
        queryClient.invalidateQueries({
          queryKey: ["course", assignment.course_id, "assignments"],
        }),
        queryClient.invalidateQueries({ queryKey: ["dashboard"] }),
      ]);
    },
    onError: (error) => {
      // A refusal was an answer: changed work then goes under a key of its own.
      if ("status" in error && error.status === 422) forgetSubmissionKey(id, who);
      if (type === "questions") void asked.refetch();
    },
    onSettled: () => {
      underWay.current = false;
    },
  });

  function submit() {
    if (underWay.current || sending > 0 || met) return;
    underWay.current = true;
    mutation.mutate();
  }

  return (
    <QueryView query={query} lines={3}>
      {() => (
        <Form
          error={mutation.error}
          onSubmit={submit}
          label={t("grading.handIn.title")}
          savesItself
        >
          {types.length > 1 && (
            <SelectField
              label={t("grading.handIn.as")}
              value={type}
              onChange={(event) => {
                // What was wrong with the one says nothing of the other.
                mutation.reset();
                setType(event.target.value as SubmissionType);
              }}
              choices={types.map((value) => ({ value, label: t(`grading.type.${value}`) }))}
            />
          )}
          {type === "text" && (
            <TextArea
              label={t("grading.handIn.text")}
              rows={10}
              value={work.body_text}
              onChange={(event) => change(() => ({ body_text: event.target.value }))}
            />
          )}
          {type === "url" && (
            <TextField
              label={t("grading.handIn.url")}
              type="url"
              dir="ltr"
              placeholder="https://"
              value={work.url}
              onChange={(event) => change(() => ({ url: event.target.value }))}
            />
          )}
          {(type === "file" || type === "media") && (
            <FilePicker
              label={t("grading.handIn.files")}
              start={(file) => startUpload(id, file)}
              files={work.files}
              accept={type === "media" ? "audio/*,video/*,image/*" : undefined}
              onSending={setSending}
              onFiles={(next) => change((now) => ({ files: next(now.files) }))}
            />
          )}
          {type === "questions" && (
            <QueryView query={asked} lines={4}>
              {() => (
                <AnswerSheet
                  questions={questions}
                  answers={work.answers}
                  onAnswer={(question, answer) =>
                    change((now) => ({ answers: { ...now.answers, [question]: answer } }))
                  }
                />
              )}
            </QueryView>
          )}
          {met && <DraftMet draft={met} onSettle={settle} />}
          <div className="row">
            <Button kind="primary" type="submit" busy={mutation.isPending || sending > 0}>
              {t(mutation.isPending ? "grading.handIn.busy" : "grading.handIn.action")}
            </Button>
            {sending > 0 ? (
              <span className="small muted" role="status">
                {t("grading.handIn.waiting", { count: sending })}
              </span>
            ) : (
              <>
                <SaveState status={status} />
                {query.data?.saved_by_name && (
                  <span className="small muted">
                    {t("groupWork.draft.by", { name: query.data.saved_by_name })}
                  </span>
                )}
              </>
            )}
          </div>
        </Form>
      )}
    </QueryView>
  );
}

function holds(draft: Draft | undefined, type: SubmissionType): boolean {
  if (type === "text") return Boolean(draft?.body_text);
  if (type === "url") return Boolean(draft?.url);
  if (type === "questions") return Object.keys(draft?.answers ?? {}).length > 0;
  return (draft?.files.length ?? 0) > 0;
}

function bodyOf(type: SubmissionType, work: Unfinished, questions: string[]): HandIn {
  if (type === "questions") {
    const answers = Object.fromEntries(questions.map((id) => [id, work.answers[id] ?? ""]));
    return { type, answers };
  }
  if (type === "text") return { type, body_text: work.body_text };
  if (type === "url") return { type, url: work.url.trim() };
  return { type, file_ids: work.files.map((file) => file.file_id) };
}
