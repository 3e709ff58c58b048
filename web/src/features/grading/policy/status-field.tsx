import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { SelectField } from "../../../ui/field";
import { ActionFailed } from "../../../ui/states";
import { type GradeWritten, writeGrade } from "../grades-api";
import { statusOf, useLabels } from "./use-labels";

interface StatusFieldProps {
  assignmentId: number;
  userId: number;
  flags: number;
  version: number;
  onWritten: (written: GradeWritten) => void;
}

/** Gives a grade one of the course's own statuses, or takes it away. */
export function StatusField({ assignmentId, userId, flags, version, onWritten }: StatusFieldProps) {
  const { t } = useTranslation();
  const { statuses } = useLabels();
  const save = useMutation({
    mutationFn: (label: number | null) => writeGrade(assignmentId, userId, { label, version }),
    onSuccess: onWritten,
  });
  if (statuses.length === 0) return null;
  return (
    <>
      <SelectField
        label={t("gradePolicy.status.field")}
        value={String(statusOf(flags) || "")}
        disabled={save.isPending}
        onChange={(event) => save.mutate(event.target.value ? Number(event.target.value) : null)}
        choices={[
          { value: "", label: t("gradePolicy.status.none") },
          ...statuses.map((one) => ({
            value: String(one.number),
            label: one.excuses ? t("gradePolicy.status.excusing", { words: one.words }) : one.words,
          })),
        ]}
      />
      {save.error && <ActionFailed error={save.error} />}
    </>
  );
}
