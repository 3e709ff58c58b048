import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber, formatPercent } from "../../../lib/numbers";
import { Badge } from "../../../ui/badge";
import { Button } from "../../../ui/button";
import { Empty } from "../../../ui/states";
import { Table } from "../../../ui/table";
import { statusWords } from "../gradebook/override-words";
import type { DerivationNode, LearnerGrades, Standing } from "../grades-api";
import { type LetterScheme, policyQuery } from "../policy-api";
import { DerivationTree, derivationNames } from "./derivation-tree";
import { ForecastPanel } from "./forecast-panel";
import { GradesTable } from "./grades-table";
import { useForecast } from "./use-forecast";

interface GradesViewProps {
  grades: LearnerGrades;
  /** The address of the course's assignments for this reader. */
  assignmentsAt: string;
}

/** A learner's totals, each explained, and what would come of other scores. */
export function GradesView({ grades: real, assignmentsAt }: GradesViewProps) {
  const { t } = useTranslation();
  const forecast = useForecast(real);
  const bands = useQuery(policyQuery(real.course_id)).data?.policy?.letter_scheme?.bands ?? [];
  const grades = forecast.answer?.grades ?? real;
  if (grades.items.length === 0) {
    return <Empty title={t("grading.empty.assignments")}>{t("grading.empty.grades")}</Empty>;
  }
  const names = derivationNames(grades.items, grades.groups);
  return (
    <>
      <div className="form-grid" style={{ maxInlineSize: "none" }}>
        {(["current", "final"] as const).map((which) => (
          <Total
            key={which}
            which={which}
            guessed={forecast.guessed}
            standing={grades.totals[which]}
            node={grades.derivation[which]}
            names={names}
            bands={bands}
            status={which === "final" ? grades.totals.status_code : null}
            computed={which === "final" ? grades.totals.final_before_override : null}
          />
        ))}
      </div>
      {grades.periods.length > 0 && <PeriodTotals periods={grades.periods} bands={bands} />}
      <ForecastPanel forecast={forecast} items={real.items} />
      <GradesTable
        assignmentsAt={assignmentsAt}
        bands={bands}
        items={forecast.guessing ? real.items : grades.items}
        guesses={forecast.guessing ? forecast.guesses : undefined}
        onGuess={forecast.guess}
      />
    </>
  );
}

type Bands = LetterScheme["bands"];

interface PeriodTotalsProps {
  periods: LearnerGrades["periods"];
  bands: Bands;
}

function PeriodTotals({ periods, bands }: PeriodTotalsProps) {
  const { t } = useTranslation();
  return (
    <Table
      columns={[t("grading.periods.one"), t("grading.total.current"), t("grading.total.final")]}
    >
      {periods.map((period) => (
        <tr key={period.period_id}>
          <th scope="row">{period.name}</th>
          <td data-label={t("grading.total.current")}>
            <Figure standing={period.current} bands={bands} />
          </td>
          <td data-label={t("grading.total.final")}>
            <Figure standing={period.final} bands={bands} />
          </td>
        </tr>
      ))}
    </Table>
  );
}

function Figure({ standing, bands }: { standing: Standing; bands: Bands }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const points = bands.find((band) => band.letter === standing.letter)?.grade_points;
  return (
    <>
      {standing.percent === null ? t("grading.noGrade") : formatPercent(standing.percent, locale)}{" "}
      {standing.letter && <bdi className="muted">{standing.letter}</bdi>}
      {typeof points === "number" && (
        <span className="muted small">
          {" "}
          {t("grading.letters.gradePoints", { points: formatNumber(points, locale) })}
        </span>
      )}
    </>
  );
}

interface TotalProps {
  which: "current" | "final";
  /** Made of guesses, and marked as such. */
  guessed: boolean;
  standing: Standing;
  node: DerivationNode;
  names: Map<string, string>;
  bands: Bands;
  /** What somebody said beside it, such as incomplete. */
  status?: string | null;
  /** What it would be had nobody set it by hand. */
  computed?: Standing | null;
}

function Total(props: TotalProps) {
  const { which, guessed, standing, node, names, bands, status, computed } = props;
  const { t } = useTranslation();
  const locale = useLocale();
  const [open, setOpen] = useState(false);
  return (
    <section className="panel stack" aria-labelledby={`total-${which}`}>
      <div className="stack-tight">
        <h2 id={`total-${which}`}>
          {t(`grading.total.${which}`)} {guessed && <Badge>{t("grading.forecast.guessed")}</Badge>}
        </h2>
        <p className="muted small">{t(`grading.total.${which}Help`)}</p>
      </div>
      <p className="total-figure figures">
        <Figure standing={standing} bands={bands} />{" "}
        {status && <Badge>{statusWords(status, t)}</Badge>}
      </p>
      {typeof computed?.percent === "number" && (
        <p className="muted">
          {t("grading.override.setByHand", { percent: formatPercent(computed.percent, locale) })}
        </p>
      )}
      <div>
        <Button aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? "grading.explain.hide" : "grading.explain.show")}
        </Button>
      </div>
      {open && <DerivationTree node={node} names={names} />}
    </section>
  );
}
