import { useTranslation } from "react-i18next";
import { useFilters } from "../../../lib/address";
import { useTimeZone } from "../../../lib/session";
import { Button } from "../../../ui/button";
import { InstantField } from "../../../ui/instant-field";
import { When } from "../../../ui/when";

const DAY_MS = 86_400_000;

/** Which moment of what is looked at: typed, or a day or a week at a time; and the way back to now. */
export function AsOfBar({ title }: { title: string }) {
  const { t } = useTranslation();
  const zone = useTimeZone();
  const [{ as_of: asOf = "" }, setFilters] = useFilters();
  const at = Date.parse(asOf);

  function go(instant: number) {
    setFilters({ as_of: new Date(Math.min(instant, Date.now())).toISOString() });
  }

  return (
    <section className="stack-tight" aria-label={title}>
      <p className="notice" role="status">
        <span>
          {t("grading.asOf.at", { title })} <When at={asOf} />
        </span>
      </p>
      <div className="toolbar gb-as-of">
        <InstantField
          label={t("grading.asOf.field")}
          value={asOf}
          zone={zone}
          onChange={(instant) => instant && go(Date.parse(instant))}
        />
        <Button onClick={() => go(at - 7 * DAY_MS)}>{t("grading.asOf.weekBack")}</Button>
        <Button onClick={() => go(at - DAY_MS)}>{t("grading.asOf.dayBack")}</Button>
        <Button onClick={() => go(at + DAY_MS)}>{t("grading.asOf.dayOn")}</Button>
        <Button kind="primary" onClick={() => setFilters({ as_of: undefined })}>
          {t("grading.asOf.back")}
        </Button>
      </div>
    </section>
  );
}
