import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { Badge } from "../../../ui/badge";
import { CheckField } from "../../../ui/field";
import type { Mate } from "../api";
import type { GradeWritten } from "../grades-api";

interface MatesProps {
  name: string;
  mates: Mate[] | null;
  only: boolean;
  onOnly: (only: boolean) => void;
}

/** Whom a score is recorded for too, who of them stands elsewhere, and the way to grade one alone. */
export function Mates({ name, mates, only, onOnly }: MatesProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (!mates || mates.length === 0) return null;
  return (
    <section className="stack-tight" aria-label={t("groupWork.mates.title")}>
      <strong>{t("groupWork.mates.title")}</strong>
      <ul className="rows">
        {mates.map((mate) => (
          <li key={mate.user_id} className="row">
            <span className="grow">{mate.name}</span>
            {mate.differs && <Badge tone="warn">{t("groupWork.differs")}</Badge>}
            <span className="figures">
              {mate.status === "excused"
                ? t("grading.excused")
                : mate.entered_score === null
                  ? t("groupWork.mates.none")
                  : formatNumber(mate.entered_score, locale, 6)}
            </span>
          </li>
        ))}
      </ul>
      <CheckField
        label={t("groupWork.mates.only", { name })}
        help={t("groupWork.mates.onlyHelp")}
        checked={only}
        onChange={(event) => onOnly(event.target.checked)}
      />
    </section>
  );
}

/** Whoever stands apart from all the others is most likely meant alone. */
export const standsApart = (mates: Mate[] | null) =>
  Boolean(mates?.length) && mates?.every((mate) => mate.differs && mate.entered_score !== null);

/** The others as they stand after a grade was written. */
export function matesAfter(mates: Mate[] | null, written: GradeWritten): Mate[] | null {
  if (!mates) return null;
  return mates.map((mate) => {
    const also = written.also?.find((one) => one.user_id === mate.user_id);
    const next = also
      ? { entered_score: also.entered_score, status: also.status }
      : { entered_score: mate.entered_score, status: mate.status };
    const differs = next.entered_score !== written.entered_score || next.status !== written.status;
    return { ...mate, ...next, differs };
  });
}
