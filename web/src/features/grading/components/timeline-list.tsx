import { Link } from "@tanstack/react-router";
import { CalendarClock, CircleAlert, Clock, Hourglass } from "lucide-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { Empty } from "../../../ui/states";
import { When } from "../../../ui/when";
import { type Bucket, buckets, type CourseTitles, type DueItem } from "../dashboard-api";

const icons: Record<Bucket, typeof Clock> = {
  missing: CircleAlert,
  now: Clock,
  next: CalendarClock,
  later: Hourglass,
};

interface TimelineListProps {
  due: DueItem[];
  titles: CourseTitles;
  /** What stands before `/courses` in the links; an observer's begin with the learner. */
  base?: string;
}

/** What to do: missing first, then now, next, later. */
export function TimelineList({ due, titles, base = "" }: TimelineListProps) {
  const { t } = useTranslation();
  const id = useId();
  const inBucket = (bucket: Bucket) => due.filter((item) => item.bucket === bucket);
  const shown = buckets.filter((bucket) => inBucket(bucket).length > 0);
  if (shown.length === 0) {
    return <Empty title={t("grading.timeline.empty")}>{t("grading.timeline.emptyHelp")}</Empty>;
  }
  return (
    <div className="stack">
      {shown.map((bucket) => {
        const Icon = icons[bucket];
        return (
          <section key={bucket} aria-labelledby={`${id}-${bucket}`}>
            <h3 id={`${id}-${bucket}`} className="row" data-bucket={bucket}>
              <Icon size={16} aria-hidden /> {t(`grading.timeline.${bucket}`)}
              <span className="muted figures">{inBucket(bucket).length}</span>
            </h3>
            <ul className="rows">
              {inBucket(bucket).map((item) => (
                <li key={`${item.assignment_id}-${item.reviews ? "reviews" : "work"}`}>
                  <DueLine item={item} course={titles.get(item.course_id)} base={base} />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

interface DueLineProps {
  item: DueItem;
  course: string | undefined;
  base: string;
}

function DueLine({ item, course, base }: DueLineProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const reviews = item.reviews ? t("peers.due", { count: item.reviews }) : "";
  return (
    <Link
      className="rows-link"
      to={`${base}/courses/${item.course_id}/assignments/${item.assignment_id}${
        item.reviews && !base ? "/reviews" : ""
      }`}
    >
      <span className="grow">
        <strong>{item.title}</strong>
        <br />
        <span className="small muted">
          {[
            course,
            reviews,
            item.closed && t("grading.closedShort"),
            item.optional && t("grading.optional"),
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
      </span>
      {!item.reviews && (
        <span className="small muted figures">
          {t("grading.points", {
            points: formatNumber(item.points_possible, locale),
            count: item.points_possible,
          })}
        </span>
      )}
      <span className="small">
        {item.due_at ? <When at={item.due_at} /> : t("grading.noDueDate")}
      </span>
    </Link>
  );
}
