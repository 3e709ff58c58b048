import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

interface WithheldNoticeProps {
  courseId: number;
  assignmentId: number;
  userId: number;
}

/** Why a grader does not see what work was graded, and where they do something about it. */
export function WithheldNotice({ courseId, assignmentId, userId }: WithheldNoticeProps) {
  const { t } = useTranslation();
  return (
    <p className="notice">
      <span className="grow">{t("calibration.withheld.why")}</span>
      <Link
        to={`/courses/${courseId}/assignments/${assignmentId}/calibration`}
        search={{ work: String(userId) }}
      >
        {t("calibration.withheld.assess")}
      </Link>
    </p>
  );
}
