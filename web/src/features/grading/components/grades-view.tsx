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
import type { DerivationNode, GradeItem, LearnerGrades } from "../grades-api";
import { DerivationTree, derivationNames } from "./derivation-tree";

interface GradesViewProps {
  courseId: number;
  grades: LearnerGrades;
}

export function GradesView({ courseId, grades }: GradesViewProps) {
  const { t } = useTranslation();
  if (grades.items.length === 0) {
    return <Empty title={t("grading.empty.assignments")}>{t("grading.empty.grades")}</Empty>;
  }
  const groups = (grades.groups ?? []).concat(
    grades.items.flatMap((i) =>
      i.group_name ? [{ group_id: i.group_id, name: i.group_name }] : [],
    ),
  );
  const names = derivationNames(grades.items, groups);
  return (
    <>
      <div className="form-grid" style={{ maxInlineSize: "none" }}>
        {(["current", "final"] as const).map((which) => (
          <Total
            key={which}
            which={which}
            value={grades.totals[which]}
            letter={grades.totals[`${which}_letter`]}
            node={grades.derivation?.[which]}
            names={names}
          />
        ))}
      </div>
      <Items courseId={courseId} items={grades.items} />
    </>
  );
}

interface TotalProps {
  which: "current" | "final";
  value: number | null;
  letter?: string | null;
  node: DerivationNode | undefined;
  names: Map<string, string>;
}

function Total({ which, value, letter, node, names }: TotalProps) {
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
        {value === null ? t("grading.noGrade") : formatPercent(value, locale)}
        {letter && <bdi className="muted"> {letter}</bdi>}
      </p>
      {node && (
        <div>
          <Button aria-expanded={open} onClick={() => setOpen(!open)}>
            {t(open ? "grading.explain.hide" : "grading.explain.show")}
          </Button>
        </div>
      )}
      {open && node && <DerivationTree node={node} names={names} />}
    </section>
  );
}

function Items({ courseId, items }: { courseId: number; items: GradeItem[] }) {
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
                <Link to={`/courses/${courseId}/assignments/${item.assignment_id}`}>
                  {item.title}
                </Link>
                {item.comment && <div className="small muted">{item.comment}</div>}
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
                  : item.score === null
                    ? t("grading.ofPoints", { points: formatNumber(item.points_possible, locale) })
                    : t("grading.scoreOf", {
                        score: formatNumber(item.score, locale),
                        points: formatNumber(item.points_possible, locale),
                      })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ItemState({ item }: { item: GradeItem }) {
  const { t } = useTranslation();
  return (
    <span className="row">
      {item.missing && <Badge tone="bad">{t("grading.flag.missing")}</Badge>}
      {item.late && <Badge tone="warn">{t("grading.flag.late")}</Badge>}
      {item.dropped && <Badge>{t("grading.flag.dropped")}</Badge>}
      {item.score !== null && !item.dropped && <Badge tone="good">{t("grading.graded")}</Badge>}
      {item.score === null && !item.missing && !item.excused && (
        <span className="muted">{t("grading.notGraded")}</span>
      )}
    </span>
  );
}
