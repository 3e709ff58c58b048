import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { QueryView } from "../../../ui/query-view";
import { Empty } from "../../../ui/states";
import { rubricsQuery } from "./rubrics-api";

/** A course's rubrics, each with the assignments it is for. */
export function RubricList({ courseId }: { courseId: number }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const query = useQuery(rubricsQuery(courseId));
  const at = `/courses/${courseId}/rubrics`;
  return (
    <section className="panel stack" aria-labelledby="rubrics-title">
      <div className="row-between">
        <h2 id="rubrics-title">{t("rubrics.heading")}</h2>
        <Link className="button" to={`${at}/new`}>
          <Plus size={16} aria-hidden /> {t("rubrics.new")}
        </Link>
      </div>
      <QueryView query={query} lines={2}>
        {(rubrics) =>
          rubrics.length === 0 ? (
            <Empty title={t("rubrics.empty")}>{t("rubrics.emptyHelp")}</Empty>
          ) : (
            <ul className="rows">
              {rubrics.map((rubric) => (
                <li key={rubric.rubric_id}>
                  <Link className="rows-link" to={`${at}/${rubric.rubric_id}`}>
                    <span className="grow">
                      <strong>{rubric.title}</strong>
                      <br />
                      <span className="small muted">
                        {rubric.used_by.length
                          ? t("rubrics.usedBy", { assignments: rubric.used_by.join(", ") })
                          : t("rubrics.unused")}
                      </span>
                    </span>
                    <span className="figures">
                      {t("rubrics.size", {
                        count: rubric.criterion_count,
                        points: formatNumber(rubric.points_possible, locale, 4),
                      })}
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </section>
  );
}
