import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useId } from "../../../lib/address";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { Badge } from "../../../ui/badge";
import { When } from "../../../ui/when";
import type { SubmissionRow } from "../api";
import { LabelBadge } from "../policy/label-badge";

interface SubmissionRowsProps {
  rows: SubmissionRow[];
  open?: string;
  /** Groups hand in together, so each line says which. */
  groups: boolean;
}

export function SubmissionRows({ rows, open, groups }: SubmissionRowsProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const assignmentId = useId("assignmentId");
  return (
    <ul className="rows panel desk-list">
      {rows.map((row) => (
        <li key={row.user_id}>
          <Link
            to="."
            search={(now: Record<string, string>) => ({ ...now, learner: String(row.user_id) })}
            className="rows-link"
            aria-current={open === String(row.user_id) ? "true" : undefined}
          >
            <span className="grow">
              <strong>{row.name}</strong>
              <br />
              <span className="small muted">
                {row.submitted_at ? (
                  <When at={row.submitted_at} relative />
                ) : (
                  t("grading.nothingHandedIn")
                )}
                {groups && ` · ${row.group_name ?? t("groupWork.aloneOther")}`}
              </span>
            </span>
            {row.missing && <LabelBadge kind="missing" assignmentId={assignmentId} />}
            {row.late && <LabelBadge kind="late" assignmentId={assignmentId} />}
            {row.withheld && <Badge tone="info">{t("calibration.withheld.word")}</Badge>}
            {row.needs_grading && (
              <Badge tone="info">
                {t(row.resubmitted ? "gradePolicy.attempts.newer" : "grading.flag.toGrade")}
              </Badge>
            )}
            <span className="figures">
              {row.status === "excused"
                ? "EX"
                : row.score === null
                  ? "–"
                  : formatNumber(row.score, locale)}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
