import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { Button } from "../../../ui/button";
import { When } from "../../../ui/when";
import type { GradeEntry } from "../grades-api";

interface GradeHistoryProps {
  entries: GradeEntry[];
  /** Brings an earlier value back; left out where nobody may. */
  onRestore?: (version: number) => void;
}

/** The ledger of one grade, newest first, with who and where from. */
export function GradeHistory({ entries, onRestore }: GradeHistoryProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  // What the rules say for a reason is said in the reader's words; what a person wrote stays.
  const reasonOf = ({ source, reason }: GradeEntry) =>
    source === "policy"
      ? t(`gradePolicy.missing.why.${reason}`, { defaultValue: reason ?? "" })
      : reason;
  if (entries.length === 0) return <p className="muted">{t("grading.history.empty")}</p>;
  return (
    <ol className="rows">
      {entries.map((entry, i) => (
        <li key={entry.grade_entry_id} className="rows-link">
          <span className="grow">
            <strong className="figures">
              {entry.status === "excused"
                ? t("grading.excused")
                : entry.entered_score === null
                  ? t(entry.status === "missing" ? "grading.flag.missing" : "grading.noScore")
                  : formatNumber(entry.entered_score, locale)}
            </strong>{" "}
            {entry.actor_name ?? t(`grading.source.${entry.source}`)}
            {entry.reason && <span className="muted"> · {reasonOf(entry)}</span>}
          </span>
          <span className="small muted">
            <When at={entry.at} relative />
          </span>
          {onRestore && i > 0 && (
            <Button kind="quiet" onClick={() => onRestore(entry.version)}>
              {t("grading.history.restore")}
            </Button>
          )}
        </li>
      ))}
    </ol>
  );
}
