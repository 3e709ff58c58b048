import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { announce } from "../../../lib/announce";
import { useCourseStanding } from "../../../lib/course-standing";
import { Button } from "../../../ui/button";
import { ActionFailed } from "../../../ui/states";
import { When } from "../../../ui/when";
import type { Assignment } from "../api";
import {
  dueWith,
  type LateAllowance,
  myAllowanceQuery,
  passesOn,
  spendPasses,
} from "../late-allowance-api";

/** A learner's late passes on one assignment: how many are left, until when one goes, spend and take back. */
export function LatePassCard({ assignment }: { assignment: Assignment }) {
  const { t } = useTranslation();
  const { course_id: courseId, assignment_id: id, due_at: dueAt } = assignment;
  const allowance = useQuery(myAllowanceQuery(courseId)).data;
  if (!allowance || !dueAt) return null;
  if (allowance.exempt || allowance.exempt_from.includes(id)) {
    return <p className="notice">{t("grading.latePass.exempt")}</p>;
  }
  const spent = passesOn(allowance, id);
  const here = allowance.passes_each !== null && !allowance.not_on.includes(id);
  if (!here && spent === 0) return null;
  return <Passes assignment={assignment} dueAt={dueAt} allowance={allowance} spent={spent} />;
}

interface PassesProps {
  assignment: Assignment;
  dueAt: string;
  allowance: LateAllowance;
  spent: number;
}

function Passes({ assignment, dueAt, allowance, spent }: PassesProps) {
  const { t } = useTranslation();
  const { zone } = useCourseStanding();
  const queryClient = useQueryClient();
  const { course_id: courseId, assignment_id: id } = assignment;
  const mutation = useMutation({
    mutationFn: (count: number) => spendPasses(id, count, allowance.version),
    onSuccess: (now) => {
      queryClient.setQueryData(myAllowanceQuery(courseId).queryKey, now);
      announce(t("grading.latePass.left", { count: now.passes_left }));
    },
    onSettled: async (_, error) => {
      if (error) await queryClient.invalidateQueries(myAllowanceQuery(courseId));
      await queryClient.invalidateQueries({ queryKey: ["assignment", id] });
    },
  });
  const may =
    allowance.passes_left > 0 &&
    spent < (allowance.most_per_assignment ?? 0) &&
    !allowance.not_on.includes(id);
  return (
    <section className="panel stack-tight" aria-labelledby="late-passes">
      <h2 id="late-passes">{t("grading.latePass.title")}</h2>
      <p>
        {spent > 0 && (
          <>
            {t("grading.latePass.spent", { count: spent })}{" "}
            <When at={dueWith(allowance, dueAt, spent)} zone={zone} />.{" "}
          </>
        )}
        {t("grading.latePass.left", { count: allowance.passes_left })}
      </p>
      <div className="row">
        {may && (
          <Button busy={mutation.isPending} onClick={() => mutation.mutate(spent + 1)}>
            <span>
              {t("grading.latePass.spend")}{" "}
              <When at={dueWith(allowance, dueAt, spent + 1)} zone={zone} />
            </span>
          </Button>
        )}
        {spent > 0 && (
          <Button busy={mutation.isPending} onClick={() => mutation.mutate(spent - 1)}>
            {t("grading.latePass.takeBack")}
          </Button>
        )}
      </div>
      <p className="muted small">{t("grading.latePass.rule")}</p>
      <ActionFailed error={mutation.error} />
    </section>
  );
}
