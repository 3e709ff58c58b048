import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { itemsOf } from "../../../lib/query-client";
import { SelectField } from "../../../ui/field";
import { ShowMore } from "../../../ui/query-view";
import { type Submission, submissionRowsQuery } from "../api";
import type { Beside } from "./side-by-side";

interface BesidePickerProps {
  assignmentId: number;
  userId: number;
  attempts: Submission[];
  beside: Beside | undefined;
  onBeside: (beside: Beside | undefined) => void;
}

/** Which work stands beside: an earlier attempt of the same learner, or somebody else's. */
export function BesidePicker(props: BesidePickerProps) {
  const { assignmentId, userId, attempts, beside, onBeside } = props;
  const { t } = useTranslation();
  const query = useInfiniteQuery(submissionRowsQuery(assignmentId, "handed_in"));
  const others = query.data ? itemsOf(query.data).filter((row) => row.user_id !== userId) : [];
  const value = beside
    ? beside.kind === "attempt"
      ? `a${beside.submissionId}`
      : `l${beside.userId}`
    : "";
  return (
    <>
      <SelectField
        label={t("beside.pick")}
        value={value}
        onChange={({ target }) => {
          const number = Number(target.value.slice(1));
          if (target.value.startsWith("a")) onBeside({ kind: "attempt", submissionId: number });
          else onBeside(number ? { kind: "learner", userId: number } : undefined);
        }}
        choices={[
          ...(value ? [] : [{ value: "", label: t("beside.nothing") }]),
          ...attempts.slice(1).map((one) => ({
            value: `a${one.submission_id}`,
            label: t("beside.attempt", { number: one.attempt }),
          })),
          ...(beside?.kind === "learner" && !others.some((row) => row.user_id === beside.userId)
            ? [{ value, label: t("beside.kept") }]
            : []),
          ...others.map((row) => ({ value: `l${row.user_id}`, label: row.name })),
        ]}
      />
      <ShowMore query={query} />
    </>
  );
}
