import { CheckCircle2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { formatFull } from "../../../lib/dates";
import { useLocale } from "../../../lib/i18n";
import { useTimeZone } from "../../../lib/session";
import type { HandedIn } from "../api";

/** Proof for the learner: when, under which number, and the hash of exactly what was handed in. */
export function ReceiptCard({ submission }: { submission: HandedIn }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const zone = useTimeZone();
  return (
    <div className="notice" data-tone="good" role="status">
      <CheckCircle2 size={18} aria-hidden />
      <div className="grow stack-tight">
        <strong>
          {t(submission.late ? "grading.receipt.late" : "grading.receipt.onTime", {
            attempt: submission.attempt,
          })}
        </strong>
        <span>
          <time dateTime={submission.submitted_at}>
            {formatFull(submission.submitted_at, locale, zone)}
          </time>
        </span>
        <span className="small muted">
          {t("grading.receipt.number")} <span className="mono">{submission.receipt.number}</span>
          {" · SHA-256 "}
          <span className="mono">{submission.receipt.sha256}</span>
        </span>
      </div>
    </div>
  );
}
