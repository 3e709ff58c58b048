import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { hasStatus } from "../../../lib/problem";
import { Button } from "../../../ui/button";
import { ActionFailed, Failed } from "../../../ui/states";
import { When } from "../../../ui/when";
import { correctionsQuery, type KeyCorrection, undoCorrection } from "./corrections-api";

/** How answers were judged anew by changed keys; each time can be taken back as one. */
export function Corrections({ assignmentId }: { assignmentId: number }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const query = useQuery(correctionsQuery(assignmentId));
  const undo = useMutation({
    mutationFn: undoCorrection,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["assignment", assignmentId] }),
  });
  if (query.isLoadingError && !hasStatus(query.error, 403)) {
    return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (!query.data?.length) return null;
  return (
    <section className="panel stack" aria-labelledby="corrections-title">
      <h2 id="corrections-title">{t("questions.corrections.list")}</h2>
      <ActionFailed error={undo.error} />
      <ul className="rows">
        {query.data.map((one) => (
          <li className="rows-link" key={one.key_correction_id}>
            <span className="grow">
              {t("questions.corrections.to", { version: one.to_version })}{" "}
              <span className="muted">
                {one.actor_name} · <When at={one.at} relative />
              </span>
              <br />
              <span className="small" role="status">
                {t(`questions.corrections.${one.status}`, {
                  count: one.score_count,
                  kept: one.kept_count,
                })}{" "}
                <Kept correction={one} />
              </span>
            </span>
            {one.status === "applied" && (
              <Button busy={undo.isPending} onClick={() => undo.mutate(one.key_correction_id)}>
                {t("questions.corrections.undo")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Whom undoing left alone. */
function Kept({ correction }: { correction: KeyCorrection }) {
  const { t } = useTranslation();
  if (correction.kept.length === 0) return null;
  const names = correction.kept.map((learner) => learner.name).join(", ");
  return correction.kept_count > correction.kept.length
    ? t("questions.corrections.keptAndMore", {
        names,
        count: correction.kept_count - correction.kept.length,
      })
    : names;
}
