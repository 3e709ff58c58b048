import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useCourseStanding } from "../../../lib/course-standing";
import { similarityPolicyQuery } from "./similarity-api";

interface SimilarityPanelProps {
  assignmentId: number;
  /** The assignment's address. */
  base: string;
}

/** Whether an assignment's work is compared with other work, and the way to what was found. */
export function SimilarityPanel({ assignmentId, base }: SimilarityPanelProps) {
  const { t } = useTranslation();
  const { may } = useCourseStanding();
  const policy = useQuery(similarityPolicyQuery(assignmentId)).data;
  if (!policy || (!policy.enabled && !may("assignment.manage"))) return null;
  return (
    <section className="panel stack" aria-labelledby="similarity-state">
      <h2 id="similarity-state">{t("similarity.settings")}</h2>
      <p>{t(policy.enabled ? `similarity.reachHelp.${policy.reach}` : "similarity.offHelp")}</p>
      <div className="row">
        {policy.enabled && may("submission.read") && (
          <Link className="button" to={`${base}/similarity`}>
            {t("similarity.open")}
          </Link>
        )}
        {may("assignment.manage") && (
          <Link className="button" to={`${base}/edit`} hash="similarity-title">
            {t("similarity.change")}
          </Link>
        )}
      </div>
    </section>
  );
}
