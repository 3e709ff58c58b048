import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../ui/button";
import { FormDialog } from "../../../ui/form-dialog";
import { toast } from "../../../ui/toast";
import { type Assignment, deleteAssignment } from "../api";

/** Asks first: a deleted assignment does not come back. */
export function DeleteAssignment({ assignment }: { assignment: Assignment }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const { title, course_id } = assignment;
  const mutation = useMutation({
    mutationFn: () => deleteAssignment(assignment),
    onSuccess: async () => {
      await navigate({ to: `/courses/${course_id}/assignments` });
      toast(t("grading.delete.done", { title }));
      await queryClient.invalidateQueries({ queryKey: ["course", course_id] });
    },
  });
  return (
    <div>
      <Button kind="danger" onClick={() => setAsking(true)}>
        {t("grading.delete.action")}
      </Button>
      {asking && (
        <FormDialog
          title={t("grading.delete.title", { title })}
          mutation={mutation}
          save={t("grading.delete.action")}
          danger
          onClose={() => setAsking(false)}
        >
          <p>{t("grading.delete.help")}</p>
        </FormDialog>
      )}
    </div>
  );
}
