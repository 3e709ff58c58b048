import "./message.css";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useId, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { newKey } from "../../../../lib/http";
import { fieldError } from "../../../../lib/problem";
import { Button } from "../../../../ui/button";
import { Dialog } from "../../../../ui/dialog";
import { SelectField, TextArea, TextField } from "../../../../ui/field";
import { Form } from "../../../../ui/form";
import { useProblemText } from "../../../../ui/states";
import { toast } from "../../../../ui/toast";
import { type GradebookStudent, gradebookViewsQuery } from "../../grades-api";
import type { GradebookModel } from "../gradebook-model";
import { type LearnerMessage, previewMessage, sendMessages } from "./message-api";
import { recipientsOf, type Wish } from "./recipients";
import { RecipientList, WishFields } from "./recipients-fields";
import { useMessageDraft } from "./use-message-draft";

const MOST = 1000;
const fields = ["name", "assignment", "score", "due"];

interface MessageDialogProps {
  courseId: number;
  model: GradebookModel;
  shown: GradebookStudent[];
  selected?: GradebookStudent[];
  assignmentId?: number;
  onClose: () => void;
}

/** A message to several learners, to each alone. */
export function MessageDialog(props: MessageDialogProps) {
  const { courseId, model, shown, selected, onClose } = props;
  const { t } = useTranslation();
  const { data: views = [] } = useQuery(gradebookViewsQuery(courseId));
  const from = { selected, shown, views };
  const [wish, setWish] = useState<Wish>({
    among: selected ? "selected" : "shown",
    assignmentId: props.assignmentId ?? 0,
    criterion: props.assignmentId ? "notHandedIn" : "everybody",
    under: "",
  });
  const [without, setWithout] = useState<ReadonlySet<number>>(new Set());
  // Decided when it is asked for: nobody may come or go from under the hand that writes to them.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const learners = useMemo(() => recipientsOf(model, from, wish), [wish, views.length]);
  const to = learners.filter((one) => !without.has(one.user_id));
  const { text, write, forget } = useMessageDraft(courseId);
  const body = useRef<HTMLTextAreaElement>(null);
  const key = useRef({ of: "", key: "" });
  const id = useId();

  const message: LearnerMessage = {
    ...text,
    assignment_id: wish.assignmentId || null,
    user_ids: to.map((one) => one.user_id),
  };
  const send = useMutation({
    mutationFn: () => {
      // The same message sent again, after an answer that was lost, is sent once.
      const of = JSON.stringify(message);
      if (key.current.of !== of) key.current = { of, key: newKey() };
      return sendMessages(courseId, message, key.current.key);
    },
    onSuccess: ({ sent }) => {
      forget();
      toast(t("message.sent", { count: sent }));
      onClose();
    },
  });

  function insert(field: string) {
    const area = body.current;
    const at = area?.selectionStart ?? text.body.length;
    const end = area?.selectionEnd ?? at;
    write({ body: `${text.body.slice(0, at)}{${field}}${text.body.slice(end)}` });
    area?.focus();
  }

  const canSend = to.length > 0 && to.length <= MOST && !model.partial;
  return (
    <Dialog title={t("message.title")} wide onClose={onClose}>
      <Form
        error={send.error}
        savesItself
        onSubmit={() => canSend && !send.isPending && send.mutate()}
      >
        <WishFields
          model={model}
          from={from}
          wish={wish}
          onWish={(change) => {
            setWish({ ...wish, ...change });
            setWithout(new Set());
          }}
        />
        {model.partial && <p className="notice">{t("message.partial")}</p>}
        <RecipientList learners={learners} without={without} onWithout={setWithout} />
        {to.length > MOST && <p className="field-error">{t("message.tooMany")}</p>}
        <TextField
          label={t("message.subject")}
          required
          maxLength={200}
          value={text.subject}
          error={fieldError(send.error, "subject")}
          onChange={(event) => write({ subject: event.target.value })}
        />
        <TextArea
          ref={body}
          label={t("message.body")}
          help={t("message.help")}
          required
          rows={7}
          maxLength={5000}
          value={text.body}
          error={fieldError(send.error, "body")}
          onChange={(event) => write({ body: event.target.value })}
        />
        <div className="row" role="group" aria-labelledby={`${id}-fields`}>
          <span id={`${id}-fields`} className="small">
            {t("message.fields")}
          </span>
          {fields.map((field) => (
            <Button
              key={field}
              disabled={field !== "name" && !wish.assignmentId}
              onClick={() => insert(field)}
            >
              {t(`message.field.${field}`)}
            </Button>
          ))}
        </div>
        <Preview courseId={courseId} message={message} to={to} />
        <div className="dialog-actions">
          {(text.subject || text.body) && (
            <Button kind="quiet" onClick={forget}>
              {t("message.discard")}
            </Button>
          )}
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button kind="primary" type="submit" disabled={!canSend} busy={send.isPending}>
            {t("message.send", { count: to.length })}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

interface PreviewProps {
  courseId: number;
  message: LearnerMessage;
  to: GradebookStudent[];
}

/** The message as one of them would read it. */
function Preview({ courseId, message, to }: PreviewProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<number>();
  const userId = to.some((one) => one.user_id === chosen) ? chosen : to[0]?.user_id;
  const problem = useProblemText();
  const wanted = JSON.stringify({ ...message, user_ids: userId ? [userId] : [] });
  const preview = useMutation({
    mutationFn: (of: string) => previewMessage(courseId, JSON.parse(of) as LearnerMessage),
  });
  // What has changed since is no longer what they would read.
  const seen = preview.variables === wanted ? preview.data : undefined;
  return (
    <div className="stack message-preview">
      <div className="row">
        <SelectField
          label={t("message.previewFor")}
          value={userId ?? ""}
          onChange={(event) => setChosen(Number(event.target.value))}
          choices={to.map((one) => ({ value: String(one.user_id), label: one.name }))}
        />
        <Button disabled={!userId} busy={preview.isPending} onClick={() => preview.mutate(wanted)}>
          {t("message.preview")}
        </Button>
      </div>
      <div aria-live="polite">
        {seen && (
          <blockquote className="message-seen">
            <strong>{seen.subject}</strong>
            <p>{seen.body}</p>
          </blockquote>
        )}
        {preview.error && <p className="field-error">{problem(preview.error)}</p>}
      </div>
    </div>
  );
}
