import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCourseStanding } from "../../../lib/course-standing";
import { useLocale } from "../../../lib/i18n";
import { formatNumber, formatPercent } from "../../../lib/numbers";
import { Badge } from "../../../ui/badge";
import { Button } from "../../../ui/button";
import { Empty } from "../../../ui/states";
import { When } from "../../../ui/when";
import type { DerivationNode, GradeItem, LearnerGrades, Standing } from "../grades-api";
import { DerivationTree, derivationNames } from "./derivation-tree";

interface GradesViewProps {
  grades: LearnerGrades;
  /** The address of the course's assignments for this reader. */
  assignmentsAt: string;
}

export function GradesView({ grades, assignmentsAt }: GradesViewProps) {
  const { t } = useTranslation();
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
            standing={grades.totals[which]}
            node={grades.derivation[which]}
            names={names}
          />
        ))}
      </div>
      <Items assignmentsAt={assignmentsAt} items={grades.items} />
    </>
  );
}

interface TotalProps {
  which: "current" | "final";
  standing: Standing;
  node: DerivationNode;
  names: Map<string, string>;
}

function Total({ which, standing, node, names }: TotalProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const [open, setOpen] = useState(false);
  return (
    <section className="panel stack" aria-labelledby={`total-${which}`}>
      <div className="stack-tight">
        <h2 id={`total-${which}`}>{t(`grading.total.${which}`)}</h2>
        <p className="muted small">{t(`grading.total.${which}Help`)}</p>
      </div>
      <p className="total-figure figures">
        {standing.percent === null ? t("grading.noGrade") : formatPercent(standing.percent, locale)}{" "}
        {standing.letter && <bdi className="muted">{standing.letter}</bdi>}
      </p>
      <div>
        <Button aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? "grading.explain.hide" : "grading.explain.show")}
        </Button>
      </div>
      {open && <DerivationTree node={node} names={names} />}
    </section>
  );
}

function Items({ assignmentsAt, items }: { assignmentsAt: string; items: GradeItem[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { zone } = useCourseStanding();
  return (
    <div className="table-wrap">
      <table className="table" data-stack>
        <thead>
          <tr>
            <th>{t("grading.assignment")}</th>
            <th>{t("grading.due")}</th>
            <th>{t("grading.state")}</th>
            <th className="num">{t("grading.score")}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.assignment_id}>
              <th scope="row">
                <Link to={`${assignmentsAt}/${item.assignment_id}`}>{item.title}</Link>
              </th>
              <td data-label={t("grading.due")}>
                {item.due_at ? <When at={item.due_at} zone={zone} /> : "–"}
              </td>
              <td data-label={t("grading.state")}>
                <ItemState item={item} />
              </td>
              <td className="num" data-label={t("grading.score")}>
                {item.excused
                  ? t("grading.excused")
                  : t("grading.scoreOf", {
                      score: item.score === null ? "–" : formatNumber(item.score, locale),
                      points: formatNumber(item.points_possible, locale),
                    })}
                {item.points_deducted > 0 && (
                  <div className="small muted">
                    {t("grading.deducted", {
                      points: formatNumber(item.points_deducted, locale),
                      count: item.points_deducted,
                    })}
                  </div>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const isDropped = (item: GradeItem) => item.in_current.startsWith("dropped");

function ItemState({ item }: { item: GradeItem }) {
  const { t } = useTranslation();
  return (
    <span className="row">
      {item.missing && <Badge tone="bad">{t("grading.flag.missing")}</Badge>}
      {item.late && <Badge tone="warn">{t("grading.flag.late")}</Badge>}
      {isDropped(item) && <Badge>{t("grading.flag.dropped")}</Badge>}
      {item.score !== null && !isDropped(item) && <Badge tone="good">{t("grading.graded")}</Badge>}
      {item.score === null && !item.missing && !item.excused && (
        <span className="muted">{t("grading.notGraded")}</span>
      )}
    </span>
  );
}
