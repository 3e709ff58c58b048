import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem, fieldError, hasStatus } from "../../../lib/problem";
import { CheckField, TextField } from "../../../ui/field";
import { FormDialog } from "../../../ui/form-dialog";
import { QueryView } from "../../../ui/query-view";
import { toast } from "../../../ui/toast";
import { When } from "../../../ui/when";
import { allowanceQuery, type LateAllowance, passesOn, setAllowance } from "../late-allowance-api";

interface AllowanceDialogProps {
  courseId: number;
  userId: number;
  assignmentId: number;
  /** Who it is about. */
  name: string;
  onSaved: () => Promise<void>;
  onClose: () => void;
}

/** Whether a learner is exempt from the late policy, and their late passes. */
export function AllowanceDialog(props: AllowanceDialogProps) {
  const query = useQuery({ ...allowanceQuery(props.courseId, props.userId), staleTime: 0 });
  if (query.isFetching && !query.data) return null;
  return (
    <QueryView query={query} lines={2}>
      {(allowance) => <Fields key={allowance.version} {...props} allowance={allowance} />}
    </QueryView>
  );
}

function Fields(props: AllowanceDialogProps & { allowance: LateAllowance }) {
  const { courseId, userId, assignmentId, name, allowance, onSaved, onClose } = props;
  const { t } = useTranslation();
  const [seen, setSeen] = useState(allowance.version);
  const [exempt, setExempt] = useState(allowance.exempt);
  const [here, setHere] = useState(allowance.exempt_from.includes(assignmentId));
  const [extra, setExtra] = useState(allowance.extra_passes);
  const [spent, setSpent] = useState(passesOn(allowance, assignmentId));
  const [reason, setReason] = useState("");
  const mutation = useMutation({
    mutationFn: () =>
      setAllowance(courseId, userId, {
        exempt,
        exempt_from: [
          ...allowance.exempt_from.filter((id) => id !== assignmentId),
          ...(here ? [assignmentId] : []),
        ],
        extra_passes: extra,
        used: [
          ...allowance.used.filter((of) => of.assignment_id !== assignmentId),
          ...(spent > 0 ? [{ assignment_id: assignmentId, count: spent }] : []),
        ],
        reason,
        version: seen,
      }),
    onSuccess: async () => {
      await onSaved();
      toast(t("grading.latePass.saved"));
      onClose();
    },
    // Looked at by then: saving once more is meant to replace it.
    onError: (error) => {
      if (hasStatus(error, 409)) setSeen((asProblem(error).current as LateAllowance).version);
    },
  });
  return (
    <FormDialog title={t("grading.latePass.of", { name })} mutation={mutation} onClose={onClose}>
      <CheckField
        label={t("grading.latePass.exemptCourse")}
        checked={exempt}
        onChange={(event) => setExempt(event.target.checked)}
      />
      <CheckField
        label={t("grading.latePass.exemptHere")}
        checked={here}
        onChange={(event) => setHere(event.target.checked)}
      />
      {allowance.passes_each !== null && (
        <div className="form-grid">
          <TextField
            label={t("grading.latePass.extra")}
            help={t("grading.latePass.extraHelp", {
              left: allowance.passes_left,
              each: allowance.passes_each,
            })}
            type="number"
            value={extra}
            error={fieldError(mutation.error, "extra_passes")}
            onChange={(event) => setExtra(event.target.valueAsNumber || 0)}
          />
          <TextField
            label={t("grading.latePass.spentHere")}
            help={t("grading.latePass.spentHereHelp")}
            type="number"
            min={0}
            value={spent}
            error={fieldError(mutation.error, "used")}
            onChange={(event) => setSpent(event.target.valueAsNumber || 0)}
          />
        </div>
      )}
      <TextField
        label={t("grading.override.reason")}
        help={t("grading.override.reasonHelp")}
        required
        value={reason}
        error={fieldError(mutation.error, "reason")}
        onChange={(event) => setReason(event.target.value)}
      />
      <History entries={allowance.history ?? []} />
    </FormDialog>
  );
}

function History({ entries }: { entries: NonNullable<LateAllowance["history"]> }) {
  const { t } = useTranslation();
  if (entries.length === 0) return null;
  return (
    <section aria-labelledby="allowance-history">
      <h3 id="allowance-history">{t("grading.history.title")}</h3>
      <ul className="plain stack-tight">
        {entries.map((entry) => (
          <li key={entry.version}>
            {entry.reason ?? t("grading.latePass.byLearner")}
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
