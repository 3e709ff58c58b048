import { CheckCircle2, CircleAlert, CircleDashed, Clock, Send } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Badge } from "../../../ui/badge";
import type { MyStanding } from "../api";

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

/** A learner's state on one assignment in words: missing first, since that is what to act on. */
export function StandingBadge({ standing }: { standing: MyStanding | null }) {
  const { t } = useTranslation();
  if (!standing) return null;
  if (standing.excused) return <Badge>{t("grading.excused")}</Badge>;
  if (standing.missing) {
    return (
      <Badge tone="bad">
        <CircleAlert size={14} aria-hidden /> {t("grading.flag.missing")}
      </Badge>
    );
  }
  if (standing.late) {
    return (
      <Badge tone="warn">
        <Clock size={14} aria-hidden /> {t("grading.flag.late")}
      </Badge>
    );
  }
  if (!standing.submitted) return null;
  return (
    <Badge tone="good">
      <Send size={14} aria-hidden className="flips" /> {t("grading.handedIn")}
    </Badge>
  );
}
