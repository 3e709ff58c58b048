import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { CheckField } from "../../../ui/field";
import { FormDialog } from "../../../ui/form-dialog";
import { QueryView } from "../../../ui/query-view";
import { Table } from "../../../ui/table";
import { toast } from "../../../ui/toast";
import { type Takeover, type TakeoverChoice, takeOver, takeoverQuery } from "./scores-api";

interface TakeoverDialogProps {
  assignmentId: number;
  choice: Omit<TakeoverChoice, "overwrites">;
  onClose: () => void;
  onDone: () => void;
}

/** What would change, from what to what; done as it is shown here or not at all. */
export function TakeoverDialog({ assignmentId, choice, onClose, onDone }: TakeoverDialogProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [overwrites, setOverwrites] = useState(false);
  const whole = { ...choice, overwrites };
  const query = useQuery(takeoverQuery(assignmentId, whole));
  const refresh = () => queryClient.invalidateQueries({ queryKey: ["assignment", assignmentId] });
  const mutation = useMutation({
    mutationFn: () => takeOver(assignmentId, whole, query.data?.seen ?? ""),
    onSuccess: (made) => {
      toast(t("peers.takeover.done", { count: made.grades }));
      void refresh();
      onDone();
    },
    // What has changed since is shown in its place.
    onError: () => void query.refetch(),
  });
  return (
    <FormDialog
      title={t("peers.takeover.title")}
      mutation={mutation}
      save={t("peers.takeover.apply", { count: query.data?.changes ?? 0 })}
      disabled={!query.data?.changes || query.isPlaceholderData}
      wide
      onClose={onClose}
    >
      <CheckField
        label={t("peers.takeover.overwrites")}
        help={t("peers.takeover.overwritesHelp")}
        checked={overwrites}
        onChange={(event) => setOverwrites(event.target.checked)}
      />
      <QueryView query={query} lines={4}>
        {(plan) => <Changes plan={plan} />}
      </QueryView>
    </FormDialog>
  );
}

function Changes({ plan }: { plan: Takeover }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const show = (value: number | null) =>
    value === null ? t("grading.noScore") : formatNumber(value, locale, 4);
  const columns = [t("peers.scores.learner"), t("grading.batch.fromTo"), t("peers.scores.reviews")];
  const left = (["standing", "same", "too_few", "closed"] as const).filter((one) => plan[one] > 0);
  return (
    <div className="stack">
      <p>
        {t("peers.takeover.changes", { count: plan.changes })}{" "}
        {left.map((one) => t(`peers.takeover.left.${one}`, { count: plan[one] })).join(" ")}
      </p>
      {plan.changes > 0 && (
        <>
          <p className="notice" data-tone={plan.shown_at_once ? "warn" : undefined}>
            {t(plan.shown_at_once ? "peers.takeover.shown" : "peers.takeover.hidden")}
          </p>
          <Table columns={columns}>
            {plan.lines.map((line) => (
              <tr key={line.user_id}>
                <td data-label={columns[0]}>{line.name}</td>
                <td data-label={columns[1]} className="figures">
                  {t("grading.batch.becomes", { from: show(line.from), to: show(line.to) })}
                </td>
                <td data-label={columns[2]} className="figures">
                  {formatNumber(line.reviews, locale)}
                </td>
              </tr>
            ))}
          </Table>
          {plan.changes > plan.lines.length && (
            <p className="muted">
              {t("grading.batch.more", { count: plan.changes - plan.lines.length })}
            </p>
          )}
        </>
      )}
    </div>
  );
}
