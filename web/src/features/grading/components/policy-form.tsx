import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldError } from "../../../lib/problem";
import { Button } from "../../../ui/button";
import { CheckField, SelectField, TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { toast } from "../../../ui/toast";
import { MissingFields } from "../policy/missing-fields";
import {
  type GradingPolicy,
  type LatePolicy,
  policyQuery,
  type StoredPolicy,
  savePolicy,
  type Weighting,
  weightings,
} from "../policy-api";
import { LatePassFields } from "./late-pass-fields";
import { LetterFields } from "./letter-fields";
import { PeriodFields } from "./period-fields";

interface PolicyFormProps {
  courseId: number;
  stored: StoredPolicy;
}

const firstLate: LatePolicy = {
  deduct_percent: 10,
  interval_seconds: 86_400,
  minimum_percent: 0,
  grace_seconds: 0,
};

/** How groups make the total, and what late and missing work earns; all totals follow. */
export function PolicyForm({ courseId, stored }: PolicyFormProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [policy, setPolicy] = useState<GradingPolicy>(stored.policy);
  const change = (part: Partial<GradingPolicy>) => setPolicy((now) => ({ ...now, ...part }));
  const mutation = useMutation({
    mutationFn: () => savePolicy(courseId, { policy, version: stored.version }),
    onSuccess: async (saved) => {
      queryClient.setQueryData(policyQuery(courseId).queryKey, saved);
      await queryClient.invalidateQueries({ queryKey: ["course", courseId] });
      toast(t("grading.policy.saved"));
    },
  });
  const { late_policy: late, missing_policy: missing } = policy;

  return (
    <section className="panel stack" aria-labelledby="policy-title">
      <h2 id="policy-title">{t("grading.policy.title")}</h2>
      <Form error={mutation.error} onSubmit={() => mutation.isPending || mutation.mutate()}>
        <SelectField
          label={t("grading.policy.weighting")}
          help={t(`grading.policy.weightingHelp.${policy.weighting}`)}
          value={policy.weighting}
          onChange={(event) => change({ weighting: event.target.value as Weighting })}
          choices={weightings.map((value) => ({ value, label: t(`grading.policy.by.${value}`) }))}
        />
        <CheckField
          label={t("grading.policy.late")}
          checked={late !== null}
          onChange={(event) => change({ late_policy: event.target.checked ? firstLate : null })}
        />
        {late && (
          <LateFields
            late={late}
            error={mutation.error}
            onChange={(part) => change({ late_policy: { ...late, ...part } })}
          />
        )}
        <LatePassFields
          courseId={courseId}
          passes={policy.late_passes ?? null}
          error={mutation.error}
          onChange={(late_passes) => change({ late_passes })}
        />
        <MissingFields
          courseId={courseId}
          missing={missing}
          stands={stored.policy.missing_policy?.by_dates ?? false}
          error={mutation.error}
          onChange={(missing_policy) => change({ missing_policy })}
        />
        <LetterFields
          scheme={policy.letter_scheme}
          error={mutation.error}
          onChange={(letter_scheme) => change({ letter_scheme })}
        />
        <PeriodFields policy={policy} error={mutation.error} onChange={change} />
        <CheckField
          label={t("grading.policy.finalOverride")}
          help={t("grading.policy.finalOverrideHelp")}
          checked={policy.final_override}
          onChange={(event) => change({ final_override: event.target.checked })}
        />
        <div>
          <Button kind="primary" type="submit" busy={mutation.isPending}>
            {t("grading.policy.save")}
          </Button>
        </div>
      </Form>
    </section>
  );
}

const intervals = [3600, 86_400, 604_800];

interface LateFieldsProps {
  late: LatePolicy;
  error: unknown;
  onChange: (part: Partial<LatePolicy>) => void;
}

function LateFields({ late, error, onChange }: LateFieldsProps) {
  const { t } = useTranslation();
  const known = intervals.includes(late.interval_seconds);
  const choices = known ? intervals : [late.interval_seconds, ...intervals];
  return (
    <div className="form-grid">
      <TextField
        label={t("grading.policy.deduct")}
        type="number"
        step="any"
        value={late.deduct_percent}
        error={fieldError(error, "late_policy.deduct_percent")}
        onChange={(event) => onChange({ deduct_percent: event.target.valueAsNumber || 0 })}
      />
      <SelectField
        label={t("grading.policy.interval")}
        value={late.interval_seconds}
        error={fieldError(error, "late_policy.interval_seconds")}
        onChange={(event) => onChange({ interval_seconds: Number(event.target.value) })}
        choices={choices.map((seconds) => ({
          value: String(seconds),
          label: intervals.includes(seconds)
            ? t(`grading.policy.every.${seconds}`)
            : t("grading.policy.everySeconds", { count: seconds }),
        }))}
      />
      <TextField
        label={t("grading.policy.minimum")}
        help={t("grading.policy.minimumHelp")}
        type="number"
        step="any"
        value={late.minimum_percent}
        error={fieldError(error, "late_policy.minimum_percent")}
        onChange={(event) => onChange({ minimum_percent: event.target.valueAsNumber || 0 })}
      />
      <TextField
        label={t("grading.policy.grace")}
        help={t("grading.policy.graceHelp")}
        type="number"
        value={late.grace_seconds / 60}
        error={fieldError(error, "late_policy.grace_seconds")}
        onChange={(event) =>
          onChange({ grace_seconds: Math.round((event.target.valueAsNumber || 0) * 60) })
        }
      />
    </div>
  );
}
