import type { ReactNode } from "react";
import { Badge } from "../../../ui/badge";
import type { LabelKind } from "./labels-api";
import { useLabels } from "./use-labels";

interface LabelBadgeProps {
  kind: LabelKind;
  assignmentId: number;
  icon?: ReactNode;
}

/** Late or missing as this course says it, or nothing where it says nothing. */
export function LabelBadge({ kind, assignmentId, icon }: LabelBadgeProps) {
  const label = useLabels().of(kind, assignmentId);
  if (!label) return null;
  return (
    <Badge tone={label.tone}>
      {icon} {label.words}
    </Badge>
  );
}

/** A status of the course's own. */
export function StatusBadge({ number }: { number: number | null | undefined }) {
  const label = useLabels().status(number);
  return label && <Badge tone={label.tone}>{label.words}</Badge>;
}
