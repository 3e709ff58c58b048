import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../ui/button";
import { FormDialog } from "../../../ui/form-dialog";
import { QueryView } from "../../../ui/query-view";
import { ActionFailed } from "../../../ui/states";
import { toast } from "../../../ui/toast";
import { When } from "../../../ui/when";
import { resetPreviewQuery, resetReviews, resetsQuery, undoReset } from "./resets-api";

interface ResetButtonProps {
  assignmentId: number;
  /** Only the reviews this learner writes; left out: all. */
  reviewer?: { user_id: number; name: string };
}

/** Takes reviews away together, after saying how many and how far they have come. */
export function ResetButton({ assignmentId, reviewer }: ResetButtonProps) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button onClick={() => setAsking(true)}>
        {reviewer ? t("peers.reset.one", { name: reviewer.name }) : t("peers.reset.all")}
      </Button>
      {asking && <ResetDialog {...{ assignmentId, reviewer }} onClose={() => setAsking(false)} />}
    </>
  );
}

function ResetDialog({
  assignmentId,
  reviewer,
  onClose,
}: ResetButtonProps & { onClose: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const query = useQuery(resetPreviewQuery(assignmentId, reviewer?.user_id));
  const mutation = useMutation({
    mutationFn: () =>
      resetReviews(assignmentId, {
        reviewer_id: reviewer?.user_id ?? null,
        reviews: query.data?.reviews ?? 0,
        handed_in: query.data?.handed_in ?? 0,
      }),
    onSuccess: ({ reviews }) => {
      toast(t("peers.reset.done", { count: reviews }));
      void queryClient.invalidateQueries({ queryKey: ["assignment", assignmentId, "peers"] });
      onClose();
    },
    // What has changed since is counted anew.
    onError: () => void query.refetch(),
  });
  return (
    <FormDialog
      title={reviewer ? t("peers.reset.one", { name: reviewer.name }) : t("peers.reset.all")}
      mutation={mutation}
      save={t("peers.reset.do")}
      disabled={!query.data?.reviews}
      onClose={onClose}
    >
      <QueryView query={query} lines={2}>
        {({ reviews, started, handed_in }) => (
          <>
            <p>{t("peers.reset.would", { count: reviews, started, handedIn: handed_in })}</p>
            <p className="small muted">{t("peers.reset.kept")}</p>
          </>
        )}
      </QueryView>
    </FormDialog>
  );
}

/** What was taken away together; each can be put back as one. */
export function ResetList({ assignmentId }: { assignmentId: number }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const list = useQuery(resetsQuery(assignmentId)).data ?? [];
  const undo = useMutation({
    mutationFn: (id: number) => undoReset(assignmentId, id),
    onSuccess: ({ restored }) => {
      toast(t("peers.reset.back", { count: restored }));
      return queryClient.invalidateQueries({ queryKey: ["assignment", assignmentId, "peers"] });
    },
  });
  if (list.length === 0) return null;
  return (
    <div className="stack-tight">
      <h3>{t("peers.reset.list")}</h3>
      <ActionFailed error={undo.error} />
      <ul className="plain stack-tight">
        {list.map((one) => (
          <li key={one.peer_reset_id} className="row-between">
            <span>
              {t("peers.reset.took", { count: one.reviews, handedIn: one.handed_in })}
              {one.reviewer_name && ` · ${one.reviewer_name}`}
              <br />
              <span className="small muted">
                {one.actor_name} · <When at={one.at} relative />
                {one.restored !== null && ` · ${t("peers.reset.back", { count: one.restored })}`}
              </span>
            </span>
            {one.undone_at === null && (
              <Button busy={undo.isPending} onClick={() => undo.mutate(one.peer_reset_id)}>
                {t("peers.overview.putBack")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
