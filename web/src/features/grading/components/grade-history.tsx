import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { When } from "../../../ui/when";
import type { GradeEntry } from "../grades-api";

/** The ledger of one grade, newest first, with who and where from. */
export function GradeHistory({ entries }: { entries: GradeEntry[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (entries.length === 0) return <p className="muted">{t("grading.history.empty")}</p>;
  return (
    <ol className="rows">
      {entries.map((entry) => (
        <li key={entry.entry_id ?? entry.at} className="rows-link">
          <span className="grow">
            <strong className="figures">
              {entry.status === "excused"
                ? t("grading.excused")
                : entry.score === null
                  ? t("grading.noScore")
                  : formatNumber(entry.score, locale)}
            </strong>{" "}
            {entry.by_name ?? t(`grading.source.${entry.source}`)}
            {entry.comment && <span className="muted"> · {entry.comment}</span>}
          </span>
          <span className="small muted">
            <When at={entry.at} relative />
          </span>
        </li>
      ))}
    </ol>
  );
}
