import { CheckCircle2, CircleDashed, Lock } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Badge } from "../../../ui/badge";
import type { CourseStatus } from "../api";

const looks = {
  draft: { tone: "plain", icon: CircleDashed },
  published: { tone: "good", icon: CheckCircle2 },
  concluded: { tone: "plain", icon: Lock },
} as const;

export function CourseState({ status }: { status: CourseStatus }) {
  const { t } = useTranslation();
  const { tone, icon: Icon } = looks[status] ?? looks.draft;
  return (
    <Badge tone={tone}>
      <Icon size={14} aria-hidden /> {t(`courses.status.${status}`)}
    </Badge>
  );
}
