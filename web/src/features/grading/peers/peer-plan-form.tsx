import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCourseStanding } from "../../../lib/course-standing";
import { fieldError } from "../../../lib/problem";
import { Button } from "../../../ui/button";
import { CheckField, SelectField, TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { InstantField } from "../../../ui/instant-field";
import { ActionFailed } from "../../../ui/states";
import { toast } from "../../../ui/toast";
import { type Assignment, groupSetsQuery } from "../api";
import { assignmentRubricQuery } from "../rubrics/rubrics-api";
import {
  type PeerNames,
  type PeerPlan,
  type PeerPlanInput,
  peerPlanQuery,
  removePeerPlan,
  savePeerPlan,
} from "./peers-api";

const nameModes: PeerNames[] = ["both_hidden", "reviewer_hidden", "author_hidden", "shown"];

function inputOf(plan: PeerPlan | null, byRubric: boolean): PeerPlanInput {
  return {
    reviews_per_work: plan?.reviews_per_work ?? 3,
    allocates_at: plan?.allocates_at ?? null,
    reviews_due_at: plan?.reviews_due_at ?? null,
    by_rubric: plan?.by_rubric ?? byRubric,
    by_comments: plan?.by_comments ?? true,
    names: plan?.names ?? "both_hidden",
    self_review: plan?.self_review ?? false,
    apart_group_set_id: plan?.apart_group_set_id ?? null,
    feedback: plan?.feedback ?? "when_due",
    reviews_first: plan?.reviews_first ?? false,
    calibrates: plan?.calibrates ?? false,
    version: plan?.version ?? 0,
  };
}

interface PlanFormProps {
  assignment: Assignment;
  plan: PeerPlan | null;
  onSaved: () => void;
}

/** How learners review each other: how many, by what, until when, and who sees whose name. */
export function PeerPlanForm({ assignment, plan, onSaved }: PlanFormProps) {
  const rubric = useQuery(assignmentRubricQuery(assignment.assignment_id)).data;
  if (rubric === undefined) return null;
  return <PlanFields {...{ assignment, plan, onSaved }} hasRubric={rubric !== null} />;
}

function PlanFields({
  assignment,
  plan,
  onSaved,
  hasRubric,
}: PlanFormProps & { hasRubric: boolean }) {
  const { t } = useTranslation();
  const { zone } = useCourseStanding();
  const queryClient = useQueryClient();
  const id = assignment.assignment_id;
  const [input, setInput] = useState(() => inputOf(plan, hasRubric));
  const [byDate, setByDate] = useState(Boolean(plan?.allocates_at));
  const sets = useQuery(groupSetsQuery(assignment.course_id)).data ?? [];
  const put = (part: Partial<PeerPlanInput>) => setInput((now) => ({ ...now, ...part }));
  const read = () => queryClient.invalidateQueries({ queryKey: ["assignment", id, "peers"] });
  const save = useMutation({
    mutationFn: () =>
      savePeerPlan(id, { ...input, allocates_at: byDate ? input.allocates_at : null }),
    onSuccess: async (saved) => {
      queryClient.setQueryData(peerPlanQuery(id).queryKey, saved);
      toast(t("peers.plan.saved"));
      onSaved();
      await read();
    },
  });
  const remove = useMutation({
    mutationFn: () => removePeerPlan(id, input.version),
    onSuccess: async () => {
      toast(t("peers.plan.removed"));
      queryClient.setQueryData(peerPlanQuery(id).queryKey, null);
      await read();
    },
  });
  const wrong = (field: string) => fieldError(save.error, field);
  return (
    <Form error={save.error} label={t("peers.plan.title")} onSubmit={() => save.mutate()}>
      <TextField
        label={t("peers.plan.perWork")}
        type="number"
        min={1}
        max={10}
        value={input.reviews_per_work}
        error={wrong("reviews_per_work")}
        onChange={(event) => put({ reviews_per_work: Number(event.target.value) })}
      />
      <CheckField
        label={t("peers.plan.byRubric")}
        help={hasRubric ? undefined : t("peers.plan.noRubric")}
        checked={input.by_rubric}
        disabled={!hasRubric && !input.by_rubric}
        onChange={(event) => put({ by_rubric: event.target.checked })}
      />
      <CheckField
        label={t("peers.plan.byComments")}
        checked={input.by_comments}
        onChange={(event) => put({ by_comments: event.target.checked })}
      />
      <SelectField
        label={t("peers.plan.when")}
        value={byDate ? "date" : "hand"}
        onChange={(event) => setByDate(event.target.value === "date")}
        choices={["hand", "date"].map((value) => ({ value, label: t(`peers.plan.by.${value}`) }))}
      />
      {byDate && (
        <InstantField
          label={t("peers.plan.allocatesAt")}
          value={input.allocates_at}
          zone={zone}
          error={wrong("allocates_at")}
          onChange={(allocates_at) => put({ allocates_at })}
        />
      )}
      <InstantField
        label={t("peers.plan.due")}
        value={input.reviews_due_at}
        zone={zone}
        error={wrong("reviews_due_at")}
        onChange={(reviews_due_at) => put({ reviews_due_at })}
      />
      <SelectField
        label={t("peers.plan.names")}
        help={t(`peers.promise.${input.names}`)}
        value={input.names}
        error={wrong("names")}
        onChange={(event) => put({ names: event.target.value as PeerNames })}
        choices={nameModes.map((value) => ({ value, label: t(`peers.plan.name.${value}`) }))}
      />
      <SelectField
        label={t("peers.plan.feedback")}
        value={input.feedback}
        onChange={(event) => put({ feedback: event.target.value as PeerPlanInput["feedback"] })}
        choices={(["when_due", "when_posted"] as const).map((value) => ({
          value,
          label: t(`peers.plan.sees.${value}`),
        }))}
      />
      <CheckField
        label={t("peers.plan.first")}
        help={t("peers.plan.firstHelp")}
        checked={input.reviews_first}
        onChange={(event) => put({ reviews_first: event.target.checked })}
      />
      <CheckField
        label={t("peers.plan.self")}
        checked={input.self_review}
        onChange={(event) => put({ self_review: event.target.checked })}
      />
      <CheckField
        label={t("peers.plan.calibrates")}
        help={
          <>
            {t("peers.plan.calibratesHelp")}{" "}
            <Link to={`/courses/${assignment.course_id}/assignments/${id}/calibration`}>
              {t("calibration.open")}
            </Link>
          </>
        }
        checked={input.calibrates}
        disabled={!input.by_rubric && !input.calibrates}
        onChange={(event) => put({ calibrates: event.target.checked })}
      />
      {sets.length > 0 && (
        <SelectField
          label={t("peers.plan.apart")}
          help={t("peers.plan.apartHelp")}
          value={input.apart_group_set_id ?? ""}
          onChange={(event) => put({ apart_group_set_id: Number(event.target.value) || null })}
          choices={[
            { value: "", label: t("peers.plan.apartNone") },
            ...sets.map((set) => ({ value: String(set.group_set_id), label: set.name })),
          ]}
        />
      )}
      <ActionFailed error={remove.error} />
      <div className="row">
        <Button kind="primary" type="submit" busy={save.isPending}>
          {t("action.save")}
        </Button>
        {plan && <Button onClick={onSaved}>{t("action.cancel")}</Button>}
        {plan && !plan.allocated_at && (
          <Button busy={remove.isPending} onClick={() => remove.mutate()}>
            {t("peers.plan.remove")}
          </Button>
        )}
      </div>
    </Form>
  );
}
