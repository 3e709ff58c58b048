import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useCourseStanding } from "../../../lib/course-standing";
import { Button } from "../../../ui/button";
import { ActionFailed } from "../../../ui/states";
import { toast } from "../../../ui/toast";
import { When } from "../../../ui/when";
import { takeBack, takeoversQuery } from "./scores-api";

/** When scores were taken over; each can be taken back as one. */
export function TakeoverList({ assignmentId }: { assignmentId: number }) {
  const { t } = useTranslation();
  const { may } = useCourseStanding();
  const queryClient = useQueryClient();
  const list = useQuery(takeoversQuery(assignmentId)).data ?? [];
  const undo = useMutation({
    mutationFn: (id: number) => takeBack(assignmentId, id),
    onSuccess: ({ reverted, kept }) => {
      toast(t("peers.takeover.back", { count: reverted, kept }));
      return queryClient.invalidateQueries({ queryKey: ["assignment", assignmentId] });
    },
  });
  if (list.length === 0) return null;
  return (
    <section className="panel stack" aria-labelledby="peer-takeovers">
      <h3 id="peer-takeovers">{t("peers.takeover.list")}</h3>
      <ActionFailed error={undo.error} />
      <ul className="plain stack-tight">
        {list.map((one) => (
          <li key={one.peer_takeover_id} className="row-between">
            <span>
              {t("peers.takeover.one", { count: one.grades })} ·{" "}
              {t(`peers.scores.rules.${one.rule}`)}
              <br />
              <span className="small muted">
                {one.actor_name} · <When at={one.at} relative />
                {one.reversed_at && (
                  <>
                    {" · "}
                    {t("peers.takeover.back", {
                      count: one.reverted ?? 0,
                      kept: one.grades - (one.reverted ?? 0),
                    })}
                  </>
                )}
              </span>
            </span>
            {!one.reversed_at && may("grade.record") && (
              <Button busy={undo.isPending} onClick={() => undo.mutate(one.peer_takeover_id)}>
                {t("peers.takeover.undo")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
