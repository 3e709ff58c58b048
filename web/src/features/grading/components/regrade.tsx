import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { fieldError } from "../../../lib/problem";
import { Button } from "../../../ui/button";
import { TextArea } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { FormDialog } from "../../../ui/form-dialog";
import { ActionFailed } from "../../../ui/states";
import { When } from "../../../ui/when";
import type { Work } from "../api";
import {
  answerRegrade,
  askForRegrade,
  type Regrade,
  regradesQuery,
  withdrawRegrade,
} from "../regrade-api";

/** A learner's way to have a score looked at again, and what came of it. */
export function MyRegrade({ work }: { work: Work }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const { regrade } = work;
  const scored = work.grade?.score !== null && work.grade?.score !== undefined;
  if (!scored && !regrade) return null;
  return (
    <section className="stack-tight" aria-label={t("grading.regrade.title")}>
      {regrade?.state === "open" && <Waiting regrade={regrade} assignmentId={work.assignment_id} />}
      {(regrade?.state === "kept" || regrade?.state === "changed") && (
        <p className="notice">{t(`grading.regrade.${regrade.state}`)}</p>
      )}
      {scored && regrade?.state !== "open" && (
        <div>
          <Button onClick={() => setAsking(true)}>{t("grading.regrade.ask")}</Button>
        </div>
      )}
      {asking && <AskDialog assignmentId={work.assignment_id} onClose={() => setAsking(false)} />}
    </section>
  );
}

function Waiting({ regrade, assignmentId }: { regrade: Regrade; assignmentId: number }) {
  const { t } = useTranslation();
  const refresh = useRefresh(assignmentId);
  const mutation = useMutation({
    mutationFn: () => withdrawRegrade(regrade),
    onSettled: refresh,
  });
  return (
    <div className="notice">
      <span className="grow">
        {t("grading.regrade.waiting")} <When at={regrade.asked_at} relative />
      </span>
      <Button busy={mutation.isPending} onClick={() => mutation.mutate()}>
        {t("grading.regrade.withdraw")}
      </Button>
      <ActionFailed error={mutation.error} />
    </div>
  );
}

function AskDialog({ assignmentId, onClose }: { assignmentId: number; onClose: () => void }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const refresh = useRefresh(assignmentId);
  const mutation = useMutation({
    mutationFn: () => askForRegrade(assignmentId, reason),
    onSuccess: async () => {
      await refresh();
      onClose();
    },
  });
  return (
    <FormDialog
      title={t("grading.regrade.ask")}
      mutation={mutation}
      save={t("grading.regrade.send")}
      onClose={onClose}
    >
      <TextArea
        label={t("grading.regrade.reason")}
        help={t("grading.regrade.reasonHelp")}
        rows={4}
        value={reason}
        error={fieldError(mutation.error, "reason")}
        onChange={(event) => setReason(event.target.value)}
      />
    </FormDialog>
  );
}

/** What a grader answers when a learner has asked for another look. */
export function AnswerRegrade({ regrade }: { regrade: Regrade }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const [answer, setAnswer] = useState("");
  const refresh = useRefresh(regrade.assignment_id, regrade.course_id);
  const mutation = useMutation({
    mutationFn: () => answerRegrade(regrade, answer),
    onSuccess: refresh,
  });
  return (
    <section className="panel stack" aria-labelledby="regrade-title">
      <h3 id="regrade-title">{t("grading.regrade.asked")}</h3>
      <p className="muted small">
        {t("grading.regrade.askedHelp", { score: formatNumber(regrade.score, locale) })}
      </p>
      <Form error={mutation.error} onSubmit={() => mutation.isPending || mutation.mutate()}>
        <TextArea
          label={t("grading.regrade.answer")}
          rows={3}
          value={answer}
          error={fieldError(mutation.error, "answer")}
          onChange={(event) => setAnswer(event.target.value)}
        />
        <div>
          <Button type="submit" busy={mutation.isPending}>
            {t("grading.regrade.sendAnswer")}
          </Button>
        </div>
      </Form>
    </section>
  );
}

/** Who waits for another look, above the gradebook; nothing where nobody does. */
export function RegradeList({ courseId }: { courseId: number }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const items = useQuery(regradesQuery(courseId)).data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <details className="notice">
      <summary>{t("grading.regrade.count", { count: items.length })}</summary>
      <ul>
        {items.map((one) => (
          <li key={one.regrade_request_id}>
            <Link
              to={`/courses/${courseId}/assignments/${one.assignment_id}/submissions`}
              search={{ learner: String(one.user_id) }}
            >
              {t("grading.regrade.line", {
                name: one.name,
                title: one.title,
                score: formatNumber(one.score, locale),
              })}
            </Link>{" "}
            <span className="muted small">
              <When at={one.asked_at} relative />
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function useRefresh(assignmentId: number, courseId?: number) {
  const queryClient = useQueryClient();
  return async () => {
    await queryClient.invalidateQueries({ queryKey: ["assignment", assignmentId] });
    if (courseId) {
      await queryClient.invalidateQueries({ queryKey: ["course", courseId, "regrade-requests"] });
    }
  };
}
