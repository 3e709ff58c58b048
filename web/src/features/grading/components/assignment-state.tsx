import { CheckCircle2, CircleAlert, CircleDashed, Clock, Send } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Badge } from "../../../ui/badge";
import type { MyStanding } from "../api";
import { LabelBadge } from "../policy/label-badge";

export function AssignmentState({ status }: { status: "draft" | "published" }) {
  const { t } = useTranslation();
  const published = status === "published";
  const Icon = published ? CheckCircle2 : CircleDashed;
  return (
    <Badge tone={published ? "good" : "plain"}>
      <Icon size={14} aria-hidden /> {t(`grading.status.${status}`)}
    </Badge>
  );
}

interface StandingProps {
  standing: MyStanding | null;
  assignmentId: number;
}

/** A learner's state on one assignment in words: missing first, since that is what to act on. */
export function StandingBadge({ standing, assignmentId }: StandingProps) {
  const { t } = useTranslation();
  if (!standing) return null;
  if (standing.excused) return <Badge>{t("grading.excused")}</Badge>;
  if (standing.missing) {
    return (
      <LabelBadge
        kind="missing"
        assignmentId={assignmentId}
        icon={<CircleAlert size={14} aria-hidden />}
      />
    );
  }
  if (standing.late) {
    return (
      <LabelBadge kind="late" assignmentId={assignmentId} icon={<Clock size={14} aria-hidden />} />
    );
  }
  if (!standing.submitted) return null;
  return (
    <Badge tone="good">
      <Send size={14} aria-hidden className="flips" /> {t("grading.handedIn")}
    </Badge>
  );
}
