import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { When } from "../../../ui/when";
import type { CourseTitles, FeedbackItem, ToGradeItem } from "../dashboard-api";

interface FeedbackListProps {
  feedback: FeedbackItem[];
  titles: CourseTitles;
  /** What stands before `/courses` in the links; an observer's begin with the learner. */
  base?: string;
}

/** What came back lately. */
export function FeedbackList({ feedback, titles, base = "" }: FeedbackListProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (feedback.length === 0) return <p className="muted">{t("grading.feedback.empty")}</p>;
  return (
    <ul className="rows">
      {feedback.map((item) => (
        <li key={item.assignment_id}>
          <Link
            className="rows-link"
            to={`${base}/courses/${item.course_id}/assignments/${item.assignment_id}`}
          >
            <span className="grow">
              <strong>{item.title}</strong>
              <br />
              <span className="small muted">
                {item.comment || titles.get(item.course_id)} · <When at={item.at} relative />
              </span>
            </span>
            <span className="figures">
              {item.status === "excused" || item.score === null
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
export function ToGradeList({ items, titles }: { items: ToGradeItem[]; titles: CourseTitles }) {
  const { t } = useTranslation();
  return (
    <ul className="rows">
      {items.map((item) => (
        <li key={item.assignment_id}>
          <Link
            className="rows-link"
            to={`/courses/${item.course_id}/assignments/${item.assignment_id}/grade`}
            search={{ state: "ungraded" }}
          >
            <span className="grow">
              <strong>{item.title}</strong>
              <br />
              <span className="small muted">
                {titles.get(item.course_id)}
                {" · "}
                {t("grading.waitingSince")} <When at={item.oldest_at} relative />
              </span>
            </span>
            <span className="figures">{t("grading.toGrade", { count: item.count })}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
