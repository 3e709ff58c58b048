import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { Badge } from "../../../ui/badge";
import type { Work } from "../api";

type Graded = Pick<Work, "kept" | "points_possible">;

/** What one of several graded attempts was scored with, and whether it is the one that counts. */
export function AttemptScore({ work, attempt }: { work: Graded; attempt: number }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const scored = work.kept?.attempts.find((one) => one.attempt === attempt);
  if (!scored) return null;
  return (
    <>
      {" · "}
      {t("gradePolicy.attempts.score", {
        score: formatNumber(scored.entered, locale),
        points: formatNumber(work.points_possible, locale),
      })}{" "}
      {work.kept?.counted === attempt && (
        <Badge tone="good">{t("gradePolicy.attempts.counts")}</Badge>
      )}
    </>
  );
}

/** Said once above the attempts where none of them counts alone. */
export function AttemptsAveraged({ work }: { work: Graded }) {
  const { t } = useTranslation();
  if (work.kept?.kept !== "average") return null;
  return <p className="small muted">{t("gradePolicy.attempts.average")}</p>;
}
