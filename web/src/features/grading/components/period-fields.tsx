import { Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useCourseStanding } from "../../../lib/course-standing";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { fieldError } from "../../../lib/problem";
import { Button } from "../../../ui/button";
import { CheckField, TextField } from "../../../ui/field";
import { InstantField } from "../../../ui/instant-field";
import type { GradingPeriod, GradingPolicy } from "../policy-api";

interface PeriodFieldsProps {
  policy: Pick<GradingPolicy, "periods" | "weight_periods">;
  error: unknown;
  onChange: (part: Partial<GradingPolicy>) => void;
}

const TWO_MONTHS_MS = 61 * 86_400_000;

/** The stretches of the term that have totals of their own, and whether the course's is made of them. */
export function PeriodFields({ policy, error, onChange }: PeriodFieldsProps) {
  const { t } = useTranslation();
  const { periods, weight_periods: weighted } = policy;
  const wrong = fieldError(error, "periods");
  const change = (place: number, part: Partial<GradingPeriod>) =>
    onChange({ periods: periods.map((one, i) => (i === place ? { ...one, ...part } : one)) });

  function add() {
    const starts = periods.at(-1)?.ends_at ?? new Date().toISOString();
    const ends = new Date(Date.parse(starts) + TWO_MONTHS_MS).toISOString();
    const next = {
      period_id: 0,
      name: "",
      starts_at: starts,
      ends_at: ends,
      weight_percent: 0,
      closes_at: null,
    };
    onChange({ periods: [...periods, next] });
  }

  return (
    <fieldset className="stack">
      <legend className="field-legend">{t("grading.periods.title")}</legend>
      <p className="muted small">{t("grading.periods.help")}</p>
      {periods.map((period, place) => (
        <Period
          // biome-ignore lint/suspicious/noArrayIndexKey: new ones have no number yet
          key={place}
          period={period}
          weighted={weighted}
          wrong={(field) => fieldError(error, `periods[${place}].${field}`)}
          onChange={(part) => change(place, part)}
          onRemove={() => onChange({ periods: periods.filter((_, i) => i !== place) })}
        />
      ))}
      {wrong && (
        <p className="notice" data-tone="bad">
          {wrong}
        </p>
      )}
      <div>
        <Button icon={<Plus size={16} aria-hidden />} onClick={add}>
          {t("grading.periods.add")}
        </Button>
      </div>
      {periods.length > 0 && (
        <CheckField
          label={t("grading.periods.weigh")}
          checked={weighted}
          onChange={(event) => onChange({ weight_periods: event.target.checked })}
        />
      )}
      {weighted && periods.length > 0 && <WeightSum periods={periods} />}
    </fieldset>
  );
}

interface PeriodProps {
  period: GradingPeriod;
  weighted: boolean;
  /** What is wrong with a field of it, once the server has said so. */
  wrong: (field: keyof GradingPeriod) => string | undefined;
  onChange: (part: Partial<GradingPeriod>) => void;
  onRemove: () => void;
}

function Period({ period, weighted, wrong, onChange, onRemove }: PeriodProps) {
  const { t } = useTranslation();
  const { zone } = useCourseStanding();
  return (
    <div className="panel form-grid">
      <TextField
        label={t("grading.periods.name")}
        value={period.name}
        error={wrong("name")}
        onChange={(event) => onChange({ name: event.target.value })}
      />
      {weighted && (
        <TextField
          label={t("grading.periods.weight")}
          type="number"
          step="any"
          value={period.weight_percent}
          error={wrong("weight_percent")}
          onChange={(event) => onChange({ weight_percent: event.target.valueAsNumber || 0 })}
        />
      )}
      <InstantField
        label={t("grading.periods.starts")}
        value={period.starts_at}
        zone={zone}
        error={wrong("starts_at")}
        onChange={(starts_at) => starts_at && onChange({ starts_at })}
      />
      <InstantField
        label={t("grading.periods.ends")}
        value={period.ends_at}
        zone={zone}
        error={wrong("ends_at")}
        onChange={(ends_at) => ends_at && onChange({ ends_at })}
      />
      <InstantField
        label={t("grading.periods.closes")}
        value={period.closes_at ?? null}
        zone={zone}
        error={wrong("closes_at")}
        onChange={(closes_at) => onChange({ closes_at })}
      />
      <div>
        <Button onClick={onRemove}>{t("grading.periods.remove", { name: period.name })}</Button>
      </div>
    </div>
  );
}

/** Weights are scaled, so a sum that is not 100 is said, not refused. */
function WeightSum({ periods }: { periods: GradingPeriod[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const sum = periods.reduce((all, one) => all + one.weight_percent, 0);
  const isWhole = Math.abs(sum - 100) < 1e-9;
  return (
    <p className={isWhole ? "small muted" : "notice"} data-tone={isWhole ? undefined : "warn"}>
      {t(isWhole ? "grading.groups.sum" : "grading.groups.sumOff", {
        sum: formatNumber(sum, locale),
      })}
    </p>
  );
}
