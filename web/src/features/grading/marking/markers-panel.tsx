import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldError } from "../../../lib/problem";
import { Badge } from "../../../ui/badge";
import { Button } from "../../../ui/button";
import { CheckField, SelectField, TextField } from "../../../ui/field";
import { FormDialog } from "../../../ui/form-dialog";
import { ActionFailed } from "../../../ui/states";
import { toast } from "../../../ui/toast";
import type { Assignment } from "../api";
import { giveOut, type Marking, markingQuery, removeMarking, saveMarking } from "./marking-api";

const rules = ["average", "median", "highest", "moderator"] as const;
const units = ["points", "percent"] as const;

/** How many people mark an assignment, and who has how much of it. */
export function MarkersPanel({ assignment }: { assignment: Assignment }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<"plan" | "back">();
  const marking = useQuery(markingQuery(assignment.assignment_id)).data;
  if (!marking) return null;
  const { plan } = marking;
  const all = marking.standing[0];
  const base = `/courses/${assignment.course_id}/assignments/${assignment.assignment_id}`;
  return (
    <section className="panel stack" aria-labelledby="markers-title">
      <h2 id="markers-title">{t("marking.several.title")}</h2>
      <p>
        {plan ? t("marking.several.on", { markers: plan.markers }) : t("marking.several.off")}{" "}
        {all !== undefined && all.disputed > 0 && (
          <Badge tone="warn">{t("marking.several.waitForYou", { count: all.disputed })}</Badge>
        )}
      </p>
      <div className="row">
        {plan && (
          <Link className="button" to={`${base}/moderation`}>
            {t("marking.several.moderation")}
          </Link>
        )}
        <Button onClick={() => setAsking("plan")}>
          {t(plan ? "marking.several.edit" : "marking.several.change")}
        </Button>
        {plan && all?.decided === 0 && (
          <Button onClick={() => setAsking("back")}>{t("marking.several.back")}</Button>
        )}
      </div>
      {plan && <GiveOut assignment={assignment} marking={marking} />}
      {asking === "plan" && (
        <PlanDialog assignment={assignment} plan={plan} onClose={() => setAsking(undefined)} />
      )}
      {asking === "back" && plan && (
        <TakeBack assignment={assignment} marking={marking} onClose={() => setAsking(undefined)} />
      )}
    </section>
  );
}

function GiveOut({ assignment, marking }: { assignment: Assignment; marking: Marking }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const id = assignment.assignment_id;
  const has = marking.staff.filter((one) => one.work > 0).map((one) => one.user_id);
  const [chosen, setChosen] = useState(has.length ? has : marking.staff.map((one) => one.user_id));
  const give = useMutation({
    mutationFn: () => giveOut(id, chosen),
    onSuccess: (now) => {
      queryClient.setQueryData(markingQuery(id).queryKey, now);
      toast(t("marking.several.given"));
    },
  });
  return (
    <fieldset className="field">
      <legend>
        {t("marking.several.missing", { count: marking.standing[0]?.unallocated ?? 0 })}
      </legend>
      <p className="field-help">{t("marking.several.giveHelp")}</p>
      {marking.staff.map((one) => (
        <CheckField
          key={one.user_id}
          label={t("marking.several.share", { ...one })}
          checked={chosen.includes(one.user_id)}
          onChange={(event) =>
            setChosen(
              event.target.checked
                ? [...chosen, one.user_id]
                : chosen.filter((marker) => marker !== one.user_id),
            )
          }
        />
      ))}
      <ActionFailed error={give.error} />
      <div className="row">
        <Button busy={give.isPending} onClick={() => give.mutate()}>
          {t("marking.several.give")}
        </Button>
      </div>
    </fieldset>
  );
}

interface TakeBackProps {
  assignment: Assignment;
  marking: Marking;
  onClose: () => void;
}

function TakeBack({ assignment, marking, onClose }: TakeBackProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const id = assignment.assignment_id;
  const given = marking.staff.reduce((sum, one) => sum + one.marked, 0);
  const mutation = useMutation({
    mutationFn: () => removeMarking(id, marking.plan?.version ?? 0, given > 0),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: ["assignment", id] });
      onClose();
    },
  });
  return (
    <FormDialog
      title={t("marking.several.backTitle")}
      mutation={mutation}
      save={t("marking.several.backDo")}
      danger
      onClose={onClose}
    >
      <p>{t("marking.several.backHelp", { count: given })}</p>
    </FormDialog>
  );
}

interface PlanDialogProps {
  assignment: Assignment;
  plan: Marking["plan"];
  onClose: () => void;
}

function PlanDialog({ assignment, plan, onClose }: PlanDialogProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const id = assignment.assignment_id;
  const [markers, setMarkers] = useState(plan?.markers ?? 2);
  const [rule, setRule] = useState(plan?.rule ?? "average");
  const [tolerance, setTolerance] = useState(String(plan?.tolerance ?? 10));
  const [unit, setUnit] = useState(plan?.tolerance_unit ?? "percent");
  const [shows, setShows] = useState(plan?.shows_comments ?? false);
  const mutation = useMutation({
    mutationFn: () =>
      saveMarking(id, {
        markers,
        rule,
        tolerance: Number(tolerance),
        tolerance_unit: unit,
        shows_comments: shows,
        version: plan?.version ?? 0,
      }),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: ["assignment", id] });
      onClose();
    },
  });
  return (
    <FormDialog
      title={t("marking.several.dialog")}
      mutation={mutation}
      disabled={tolerance.trim() === "" || Number.isNaN(Number(tolerance))}
      onClose={onClose}
    >
      {!plan && <p>{t("marking.several.begin")}</p>}
      <SelectField
        label={t("marking.several.count")}
        value={String(markers)}
        onChange={(event) => setMarkers(Number(event.target.value))}
        choices={[1, 2, 3, 4, 5].map((one) => ({ value: String(one), label: String(one) }))}
      />
      <SelectField
        label={t("marking.several.rule")}
        value={rule}
        onChange={(event) => setRule(event.target.value as typeof rule)}
        choices={rules.map((value) => ({ value, label: t(`marking.several.rules.${value}`) }))}
      />
      <TextField
        label={t("marking.several.tolerance")}
        inputMode="decimal"
        value={tolerance}
        error={fieldError(mutation.error, "tolerance")}
        onChange={(event) => setTolerance(event.target.value)}
      />
      <SelectField
        label={t("marking.several.unit")}
        value={unit}
        onChange={(event) => setUnit(event.target.value as typeof unit)}
        choices={units.map((value) => ({ value, label: t(`marking.several.units.${value}`) }))}
      />
      <CheckField
        label={t("marking.several.comments")}
        checked={shows}
        onChange={(event) => setShows(event.target.checked)}
      />
    </FormDialog>
  );
}
