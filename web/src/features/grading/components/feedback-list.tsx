import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { When } from "../../../ui/when";
import type { FeedbackItem, ToGradeItem } from "../dashboard-api";

/** What came back lately. */
export function FeedbackList({ feedback }: { feedback: FeedbackItem[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (feedback.length === 0) return <p className="muted">{t("grading.feedback.empty")}</p>;
  return (
    <ul className="rows">
      {feedback.map((item) => (
        <li key={item.assignment_id}>
          <Link
            className="rows-link"
            to={`/courses/${item.course_id}/assignments/${item.assignment_id}`}
          >
            <span className="grow">
              <strong>{item.title}</strong>
              <br />
              <span className="small muted">
                {item.comment || item.course_title} · <When at={item.graded_at} relative />
              </span>
            </span>
            <span className="figures">
              {item.excused || item.score === null
                ? t("grading.excused")
                : t("grading.scoreOf", {
                    score: formatNumber(item.score, locale),
                    points: formatNumber(item.points_possible, locale),
                  })}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** What waits for a grader, oldest first. */
export function ToGradeList({ items }: { items: ToGradeItem[] }) {
  const { t } = useTranslation();
  return (
    <ul className="rows">
      {items.map((item) => (
        <li key={item.assignment_id}>
          <Link
            className="rows-link"
            to={`/courses/${item.course_id}/assignments/${item.assignment_id}/submissions`}
            search={{ state: "to_grade" }}
          >
            <span className="grow">
              <strong>{item.title}</strong>
              <br />
              <span className="small muted">
                {item.course_title}
                {item.oldest_at && (
                  <>
                    {" · "}
                    {t("grading.waitingSince")} <When at={item.oldest_at} relative />
                  </>
                )}
              </span>
            </span>
            <span className="figures">
              {t("grading.toGrade", { count: item.needs_grading_count })}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
