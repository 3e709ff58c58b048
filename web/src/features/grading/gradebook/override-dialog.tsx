import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCourseStanding } from "../../../lib/course-standing";
import { useLocale } from "../../../lib/i18n";
import { formatNumber, formatPercent, parseDecimal } from "../../../lib/numbers";
import { asProblem, fieldError, hasStatus } from "../../../lib/problem";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { SelectField, TextField } from "../../../ui/field";
import { FormDialog } from "../../../ui/form-dialog";
import { toast } from "../../../ui/toast";
import { When } from "../../../ui/when";
import {
  type FinalGradeChange,
  type FinalGradeEntry,
  finalGradesQuery,
  finalStatuses,
  setFinalGrade,
} from "../final-grade-api";
import type { StandingFinal } from "../grades-api";
import type { GradebookModel } from "./gradebook-model";
import { overrideWords, statusWords } from "./override-words";

interface OverrideDialogProps {
  courseId: number;
  userId: number;
  /** What was typed on the cell. */
  text: string | null | undefined;
  model: GradebookModel;
  onSaved: () => Promise<void>;
  onClose: () => void;
}

/** A learner's final grade: what was computed, what stands, and another one with its reason. */
export function OverrideDialog(props: OverrideDialogProps) {
  const { courseId, userId, model, onSaved, onClose } = props;
  const { t } = useTranslation();
  const locale = useLocale();
  const { may } = useCourseStanding();
  const row = model.row(userId);
  const before = row?.o;
  const [seen, setSeen] = useState(before?.version ?? 0);
  const [text, setText] = useState(() => props.text ?? gradeText(before, locale));
  const [status, setStatus] = useState(before?.status_code ?? "");
  const [reason, setReason] = useState("");
  const mutation = useMutation({
    mutationFn: () =>
      setFinalGrade(courseId, userId, {
        ...read(text, locale),
        status_code: status || null,
        reason,
        version: seen,
      }),
    onSuccess: async () => {
      await onSaved();
      toast(t("grading.override.saved"));
      onClose();
    },
    // Looked at by then: saving once more is meant to replace it.
    onError: (error) => setSeen(theirs(error)?.version ?? seen),
  });
  const student = model.students.find((one) => one.user_id === userId);
  const title = t("grading.override.title", { name: student?.name ?? "" });
  const facts = <Facts model={model} userId={userId} conflict={theirs(mutation.error)} />;
  const history = <History courseId={courseId} userId={userId} />;

  if (!may("grade.override")) {
    return (
      <Dialog title={title} onClose={onClose}>
        <div className="stack">
          {facts}
          <p className="muted">{t("grading.override.forbidden")}</p>
          {history}
          <div className="dialog-actions">
            <Button onClick={onClose}>{t("action.close")}</Button>
          </div>
        </div>
      </Dialog>
    );
  }
  const statuses =
    finalStatuses.some((one) => one === status) || !status
      ? finalStatuses
      : [status, ...finalStatuses];
  return (
    <FormDialog
      title={title}
      mutation={mutation}
      save={t("grading.override.save")}
      onClose={onClose}
    >
      {facts}
      <TextField
        label={t("grading.override.grade")}
        help={t("grading.override.gradeHelp")}
        value={text}
        error={fieldError(mutation.error, "percent") ?? fieldError(mutation.error, "letter")}
        onChange={(event) => setText(event.target.value)}
      />
      <SelectField
        label={t("grading.override.statusField")}
        value={status}
        onChange={(event) => setStatus(event.target.value)}
        choices={[
          { value: "", label: t("grading.override.noStatus") },
          ...statuses.map((value) => ({ value, label: statusWords(value, t) })),
        ]}
      />
      <TextField
        label={t("grading.override.reason")}
        help={t("grading.override.reasonHelp")}
        required
        value={reason}
        error={fieldError(mutation.error, "reason")}
        onChange={(event) => setReason(event.target.value)}
      />
      {history}
    </FormDialog>
  );
}

interface FactsProps {
  model: GradebookModel;
  userId: number;
  conflict: FinalGradeEntry | undefined;
}

function Facts({ model, userId, conflict }: FactsProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const row = model.row(userId);
  const computed = row?.t.final_before_override ?? row?.t.final;
  return (
    <>
      <dl className="facts">
        <div>
          <dt>{t("grading.override.computed")}</dt>
          <dd className="figures">
            {typeof computed === "number" ? formatPercent(computed, locale) : t("grading.noGrade")}
          </dd>
        </div>
        <div>
          <dt>{t("grading.override.stands")}</dt>
          <dd className="figures">
            {overrideWords(row?.o, t, locale) ?? t("grading.override.none")}
          </dd>
        </div>
      </dl>
      {conflict && (
        <p className="notice" data-tone="bad">
          {t("grading.override.theirs", {
            name: conflict.actor_name ?? "",
            value: overrideWords(conflict, t, locale) ?? t("grading.override.none"),
          })}
        </p>
      )}
    </>
  );
}

function History({ courseId, userId }: { courseId: number; userId: number }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const entries = useQuery(finalGradesQuery(courseId, userId)).data ?? [];
  if (entries.length === 0) return null;
  return (
    <section aria-labelledby="override-history">
      <h3 id="override-history">{t("grading.history.title")}</h3>
      <ul className="plain stack-tight">
        {entries.map((entry) => (
          <li key={`${entry.period_id}:${entry.version}`}>
            {overrideWords(entry, t, locale) ?? t("grading.override.takenBack")}
            {entry.reason && ` · ${entry.reason}`}
            <br />
            <span className="small muted">
              {entry.actor_name} <When at={entry.at} relative />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function gradeText(set: StandingFinal | undefined, locale: string): string {
  if (set?.letter) return set.letter;
  return typeof set?.percent === "number" ? formatNumber(set.percent, locale, 4) : "";
}

/** A number is a percent, anything else a letter; nothing takes the grade back. */
function read(text: string, locale: string): Pick<FinalGradeChange, "percent" | "letter"> {
  const plain = text.trim();
  if (plain === "") return { percent: null, letter: null };
  const percent = parseDecimal(plain.replace(/[%٪]$/, ""), locale);
  return percent === undefined ? { percent: null, letter: plain } : { percent, letter: null };
}

function theirs(error: unknown): FinalGradeEntry | undefined {
  if (!hasStatus(error, 409)) return undefined;
  return asProblem(error).current as FinalGradeEntry | undefined;
}
