import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Button } from "../../../ui/button";
import { useProblemText } from "../../../ui/states";
import { toast } from "../../../ui/toast";
import { type Assignment, assignmentQuery, setAssignmentStatus } from "../api";

/** Publishes an assignment or takes it back to a draft; either can be undone for ten seconds. */
export function PublishButton({ assignment }: { assignment: Assignment }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const problemText = useProblemText();
  const id = assignment.assignment_id;

  const mutation = useMutation({
    mutationFn: (to: { status: Assignment["status"]; version: number; undoable: boolean }) =>
      setAssignmentStatus(id, to.status, to.version),
    onError: (error) => toast(problemText(error)),
    onSuccess: async (saved, to) => {
      await queryClient.invalidateQueries({ queryKey: assignmentQuery(id).queryKey, exact: true });
      await queryClient.invalidateQueries({
        queryKey: ["course", assignment.course_id, "assignments"],
      });
      const back = to.status === "published" ? "draft" : "published";
      const undo = {
        label: t("action.undo"),
        run: () => mutation.mutate({ status: back, version: saved.version, undoable: false }),
      };
      toast(t(`grading.statusDone.${to.status}`), to.undoable ? undo : undefined);
    },
  });

  const draft = assignment.status === "draft";
  return (
    <Button
      kind={draft ? "primary" : "plain"}
      busy={mutation.isPending}
      onClick={() =>
        mutation.mutate({
          status: draft ? "published" : "draft",
          version: assignment.version,
          undoable: true,
        })
      }
    >
      {t(draft ? "grading.publish" : "grading.unpublish")}
    </Button>
  );
}
