import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber, formatPercent } from "../../../lib/numbers";
import { Badge, type Tone } from "../../../ui/badge";
import { Table } from "../../../ui/table";
import { When } from "../../../ui/when";
import type { LearnerStanding } from "./outcomes-api";

export interface Scale {
  levels: readonly { name: string; points: number }[];
  mastery_points: number;
}

/** How a level looks: mastery, the one before it, and those further down. */
export function toneOf(scale: Scale, level: number | null): Tone {
  const begins = level === null ? undefined : scale.levels[level - 1];
  if (level === null || !begins) return "plain";
  if (begins.points >= scale.mastery_points) return "good";
  return (scale.levels[level]?.points ?? 0) >= scale.mastery_points ? "warn" : "bad";
}

/** Where a learner stands on one outcome, what made the number, and what would bring them on. */
export function StandingView({ standing, own }: { standing: LearnerStanding; own?: boolean }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { score, scale } = standing;
  const level = standing.level === null ? undefined : scale.levels[standing.level - 1];
  const top = scale.levels.at(-1)?.points ?? 0;
  return (
    <div className="stack">
      <p className="row">
        <Badge tone={toneOf(scale, standing.level)}>{level?.name ?? t("outcomes.noLevel")}</Badge>
        {score !== null && (
          <span className="figures">
            {t("outcomes.scoreOf", {
              score: formatNumber(score, locale),
              top: formatNumber(top, locale),
            })}
          </span>
        )}
      </p>
      {standing.learner_description && <p>{standing.learner_description}</p>}
      <NextWords standing={standing} own={own} />
      <Derivation standing={standing} />
      <p className="small muted">
        {t("outcomes.byVersion", { version: standing.version })} <When at={standing.version_at} />
        {standing.reason ? `: ${standing.reason}` : ""}
      </p>
    </div>
  );
}

function NextWords({ standing, own }: { standing: LearnerStanding; own?: boolean }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { next } = standing;
  if (!next) return <p className="small">{t("outcomes.next.top")}</p>;
  const words = {
    level: next.level,
    points: formatNumber(next.points, locale),
    needed: formatNumber(next.needed ?? 0, locale),
    count: next.missing,
  };
  const key = next.needed !== null ? "one" : next.missing > 1 ? "missing" : "several";
  return (
    <p className="notice">
      <span>
        <strong>{t(own ? "outcomes.next.yours" : "outcomes.next.theirs")}</strong>{" "}
        {t(`outcomes.next.${key}`, words)}
      </span>
    </p>
  );
}

/** The calculation itself, as the server made it. */
function Derivation({ standing }: { standing: LearnerStanding }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { results, method, score } = standing;
  if (results.length === 0) return <p className="muted">{t("outcomes.noResults")}</p>;
  return (
    <section className="stack-tight" aria-label={t("outcomes.derivation.title")}>
      <p>
        {t(`outcomes.derivation.${method.kind}`, {
          count: results.length,
          parameter: formatNumber(method.parameter ?? 0, locale),
          mastery: formatNumber(standing.scale.mastery_points, locale),
          score: score === null ? "–" : formatNumber(score, locale),
        })}
      </p>
      <Table
        columns={[
          t("outcomes.columns.work"),
          t("outcomes.columns.points"),
          t("outcomes.columns.score"),
          t("outcomes.columns.share"),
        ]}
      >
        {results.map((result) => (
          <tr key={`${result.assignment_id}-${result.criterion}`}>
            <td data-label={t("outcomes.columns.work")}>
              <span>
                <strong>{result.assignment}</strong>
                {result.criterion ? ` · ${result.criterion}` : ""}
                <br />
                <span className="small muted">
                  {result.course} · <When at={result.at} />
                </span>{" "}
                {!result.posted && <Badge tone="warn">{t("outcomes.notShown")}</Badge>}
              </span>
            </td>
            <td data-label={t("outcomes.columns.points")} className="figures">
              {t("outcomes.scoreOf", {
                score: formatNumber(result.points, locale, 4),
                top: formatNumber(result.points_possible, locale, 4),
              })}
            </td>
            <td data-label={t("outcomes.columns.score")} className="figures">
              {formatNumber(result.score, locale)}
            </td>
            <td data-label={t("outcomes.columns.share")} className="figures">
              {result.share_percent === 0
                ? t("outcomes.notCounted")
                : formatPercent(result.share_percent, locale)}
            </td>
          </tr>
        ))}
      </Table>
    </section>
  );
}
