import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { Table } from "../../../ui/table";
import { assignmentRubricQuery } from "../rubrics/rubrics-api";
import { nearnessQuery } from "./calibration-api";

/** How near each grader comes to the references, in all and by criterion. */
export function NearnessTable({ assignmentId }: { assignmentId: number }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const nearness = useQuery(nearnessQuery(assignmentId)).data;
  const rubric = useQuery(assignmentRubricQuery(assignmentId)).data?.rubric;
  if (!nearness || nearness.works === 0) return null;
  const show = (value: number | null) => (value === null ? "–" : formatNumber(value, locale, 2));
  const signed = (value: number | null) =>
    value === null
      ? "–"
      : new Intl.NumberFormat(locale, {
          maximumFractionDigits: 2,
          signDisplay: "exceptZero",
        }).format(value);
  const nameOf = (id: string) =>
    rubric?.criteria.find((one) => one.criterion_id === id)?.description ?? id;
  const columns = ["answered", "difference", "apart", "kappa", "icc", "criteria"] as const;
  const labels = columns.map((one) => t(`calibration.columns.${one}`));
  return (
    <section className="stack" aria-labelledby="nearness-title">
      <h2 id="nearness-title">{t("calibration.nearness")}</h2>
      <p className="field-help">{t("calibration.nearnessHelp")}</p>
      <Table columns={[t("calibration.columns.grader"), ...labels]}>
        {nearness.graders.map((one) => {
          const cells = [
            t("calibration.of", { answered: one.answered, asked: one.asked }),
            signed(one.mean_difference),
            show(one.mean_absolute_difference),
            show(one.quadratic_kappa),
            show(one.intraclass_correlation),
            one.criteria
              .map((of) => `${nameOf(of.criterion_id)} ${signed(of.mean_difference)}`)
              .join(" · ") || "–",
          ];
          return (
            <tr key={one.user_id}>
              <th scope="row">{one.name}</th>
              {columns.map((column, at) => (
                <td key={column} className="figures" data-label={labels[at]}>
                  {cells[at]}
                </td>
              ))}
            </tr>
          );
        })}
      </Table>
    </section>
  );
}
