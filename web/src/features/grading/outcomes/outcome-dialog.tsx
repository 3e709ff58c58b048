import "./outcomes.css";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber, parseDecimal } from "../../../lib/numbers";
import { asProblem, fieldError } from "../../../lib/problem";
import { SelectField, TextArea, TextField } from "../../../ui/field";
import { FormDialog } from "../../../ui/form-dialog";
import { type LevelDraft, LevelFields } from "./level-fields";
import {
  type MasteryMethod,
  type Outcome,
  type OutcomeGroup,
  type OutcomeInput,
  type Owner,
  saveOutcome,
} from "./outcomes-api";

interface OutcomeDialogProps {
  owner: Owner;
  outcome?: Outcome;
  /** The owner's own. */
  groups: OutcomeGroup[];
  onClose: () => void;
}

const methods: MasteryMethod["kind"][] = [
  "decaying_average",
  "weighted_average",
  "n_mastery",
  "latest",
  "highest",
  "average",
];

const weighted = (method: string) =>
  method.endsWith("ing_average") || method.startsWith("weighted");

/** Makes or changes an outcome. Where scores change by it, it asks why. */
export function OutcomeDialog({ owner, outcome, groups, onClose }: OutcomeDialogProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState(() => ({
    code: outcome?.code ?? "",
    title: outcome?.title ?? "",
    displayName: outcome?.display_name ?? "",
    description: outcome?.description ?? "",
    learnerDescription: outcome?.learner_description ?? "",
    group: String(outcome?.outcome_group_id ?? ""),
    levels: startingLevels(outcome, t, locale),
    mastery: formatNumber(outcome?.scale.mastery_points ?? 3, locale),
    method: outcome?.method.kind ?? ("decaying_average" as MasteryMethod["kind"]),
    parameter: String(outcome?.method.parameter ?? 65),
    reason: "",
  }));
  const set = (part: Partial<typeof draft>) => setDraft((now) => ({ ...now, ...part }));
  const number = (text: string) => parseDecimal(text, locale) ?? Number.NaN;
  const takesParameter = weighted(draft.method) || draft.method === "n_mastery";
  const save = useMutation({
    mutationFn: () => {
      const input: OutcomeInput = {
        code: draft.code.trim(),
        title: draft.title,
        display_name: draft.displayName.trim() || null,
        description: draft.description,
        learner_description: draft.learnerDescription,
        outcome_group_id: draft.group ? Number(draft.group) : null,
        levels: draft.levels.map((one) => ({ name: one.name, points: number(one.points) })),
        mastery_points: number(draft.mastery),
        method: draft.method,
        parameter: takesParameter ? number(draft.parameter) : null,
        reason: draft.reason.trim() || null,
        version: outcome?.version,
      };
      return saveOutcome(owner, outcome?.outcome_id, input);
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({
        queryKey: "courseId" in owner ? ["course", owner.courseId] : ["account", owner.accountId],
      });
      onClose();
    },
  });
  const error = (field: string) =>
    asProblem(save.error).errors.find((one) => one.field === field)?.message ??
    fieldError(save.error, field);
  return (
    <FormDialog
      title={outcome ? t("outcomes.edit", { code: outcome.code }) : t("outcomes.add")}
      mutation={save}
      onClose={onClose}
    >
      <TextField
        label={t("outcomes.fields.code")}
        help={t("outcomes.fields.codeHelp")}
        required
        value={draft.code}
        error={error("code")}
        onChange={(event) => set({ code: event.target.value })}
      />
      <TextField
        label={t("outcomes.fields.title")}
        required
        value={draft.title}
        error={error("title")}
        onChange={(event) => set({ title: event.target.value })}
      />
      <TextField
        label={t("outcomes.fields.displayName")}
        help={t("outcomes.fields.displayNameHelp")}
        value={draft.displayName}
        error={error("display_name")}
        onChange={(event) => set({ displayName: event.target.value })}
      />
      <TextArea
        label={t("outcomes.fields.description")}
        rows={2}
        value={draft.description}
        error={error("description")}
        onChange={(event) => set({ description: event.target.value })}
      />
      <TextArea
        label={t("outcomes.fields.learnerDescription")}
        rows={2}
        value={draft.learnerDescription}
        error={error("learner_description")}
        onChange={(event) => set({ learnerDescription: event.target.value })}
      />
      {groups.length > 0 && (
        <SelectField
          label={t("outcomes.fields.group")}
          choices={[
            { value: "", label: t("outcomes.fields.noGroup") },
            ...groups.map((one) => ({ value: String(one.outcome_group_id), label: one.title })),
          ]}
          value={draft.group}
          error={error("outcome_group_id")}
          onChange={(event) => set({ group: event.target.value })}
        />
      )}
      <LevelFields levels={draft.levels} error={error} onChange={(levels) => set({ levels })} />
      <TextField
        label={t("outcomes.fields.mastery")}
        inputMode="decimal"
        value={draft.mastery}
        error={error("mastery_points")}
        onChange={(event) => set({ mastery: event.target.value })}
      />
      <SelectField
        label={t("outcomes.fields.method")}
        help={t(`outcomes.methodHelp.${draft.method}`)}
        choices={methods.map((value) => ({ value, label: t(`outcomes.methods.${value}`) }))}
        value={draft.method}
        onChange={(event) => {
          const method = event.target.value as MasteryMethod["kind"];
          set({ method, parameter: method === "n_mastery" ? "3" : "65" });
        }}
      />
      {takesParameter && (
        <TextField
          label={t(weighted(draft.method) ? "outcomes.fields.weight" : "outcomes.fields.times")}
          inputMode="numeric"
          value={draft.parameter}
          error={error("parameter")}
          onChange={(event) => set({ parameter: event.target.value })}
        />
      )}
      {outcome && (
        <TextField
          label={t("outcomes.fields.reason")}
          help={t("outcomes.fields.reasonHelp")}
          value={draft.reason}
          error={error("reason")}
          onChange={(event) => set({ reason: event.target.value })}
        />
      )}
    </FormDialog>
  );
}

const usual = ["none", "below", "near", "mastery", "exceeds"] as const;

function startingLevels(
  outcome: Outcome | undefined,
  t: (key: string) => string,
  locale: string,
): LevelDraft[] {
  const levels =
    outcome?.scale.levels ??
    usual.map((name, points) => ({ name: t(`outcomes.usualLevels.${name}`), points }));
  return levels
    .map((one, key) => ({ key, name: one.name, points: formatNumber(one.points, locale) }))
    .toReversed();
}
