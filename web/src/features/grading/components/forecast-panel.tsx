import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber, formatPercent } from "../../../lib/numbers";
import { asProblem } from "../../../lib/problem";
import { Button } from "../../../ui/button";
import { TextField } from "../../../ui/field";
import type { GradeItem, NeededScores } from "../grades-api";
import type { Forecast } from "./use-forecast";

interface ForecastPanelProps {
  forecast: Forecast;
  items: GradeItem[];
}

/** The way into guesses, and what it takes to reach a total. */
export function ForecastPanel({ forecast, items }: ForecastPanelProps) {
  const { t } = useTranslation();
  const { guessing, answer, error } = forecast;
  return (
    <section className="panel stack" aria-labelledby="forecast">
      <div className="stack-tight">
        <h2 id="forecast">{t("grading.forecast.title")}</h2>
        <p className="muted small">{t("grading.forecast.help")}</p>
      </div>
      <div className="row forecast-ask">
        <TextField
          label={t("grading.forecast.target")}
          inputMode="decimal"
          value={forecast.target}
          error={error ? asProblem(error).detail : undefined}
          onChange={(event) => forecast.setTarget(event.target.value)}
        />
        <Button
          aria-pressed={guessing}
          onClick={() => (guessing ? forecast.end() : forecast.begin())}
        >
          {t(guessing ? "grading.forecast.end" : "grading.forecast.begin")}
        </Button>
      </div>
      <div role="status" className="stack-tight">
        {guessing && <p className="notice">{t("grading.forecast.notSaved")}</p>}
        {answer?.needed && <Needed needed={answer.needed} items={items} onTake={forecast.take} />}
      </div>
    </section>
  );
}

interface NeededProps {
  needed: NeededScores;
  items: GradeItem[];
  onTake: Forecast["take"];
}

function Needed({ needed, items, onTake }: NeededProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const words = {
    target: formatPercent(needed.target, locale),
    percent: formatPercent(needed.percent ?? 0, locale),
    most: needed.most === null ? t("grading.noGrade") : formatPercent(needed.most, locale),
    count: needed.items.length,
  };
  if (needed.items.length === 0) return <p>{t("grading.forecast.nothingOpen")}</p>;
  if (needed.percent === null) return <p>{t("grading.forecast.outOfReach", words)}</p>;
  if (needed.percent === 0) return <p>{t("grading.forecast.reached", words)}</p>;
  return (
    <>
      <p>{t("grading.forecast.needed", words)}</p>
      <ul>
        {needed.items.map(({ assignment_id, score }) => {
          const item = items.find((one) => one.assignment_id === assignment_id);
          return (
            <li key={assignment_id}>
              {t("grading.forecast.item", {
                title: item?.title,
                score: formatNumber(score ?? 0, locale),
                points: formatNumber(item?.points_possible ?? 0, locale),
              })}
            </li>
          );
        })}
      </ul>
      <div>
        <Button onClick={() => onTake(needed.items)}>{t("grading.forecast.take")}</Button>
      </div>
    </>
  );
}
