import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useId } from "../../../lib/address";
import { useLocale } from "../../../lib/i18n";
import { formatPercent } from "../../../lib/numbers";
import type { Submission } from "../api";
import { isUnderWay } from "./similarity-api";

/** How much of an attempt stands elsewhere, where that is compared; the way to where. */
export function SimilarityLink({ submission }: { submission: Submission }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const courseId = useId("courseId");
  const { assignment_id, submission_id, similarity } = submission;
  if (!similarity) return null;
  const base = `/courses/${courseId}/assignments/${assignment_id}/similarity`;
  return (
    <p>
      <Link to={`${base}/${submission_id}`}>
        {isUnderWay(similarity.state)
          ? t("similarity.underWayShort")
          : similarity.state === "nothing"
            ? t("similarity.nothing")
            : t("similarity.title", {
                share: formatPercent(similarity.share_percent, locale, 0),
              })}
      </Link>
    </p>
  );
}
