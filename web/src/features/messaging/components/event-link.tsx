import { Link } from "@tanstack/react-router";
import { formatTime } from "../../../lib/dates";
import { useLocale } from "../../../lib/i18n";
import { useTimeZone } from "../../../lib/session";
import type { CalendarEvent } from "../api";

export function EventLink({ event }: { event: CalendarEvent }) {
  const locale = useLocale();
  const zone = useTimeZone();
  const words = (
    <>
      <time className="muted" dateTime={event.starts_at}>
        {formatTime(event.starts_at, locale, zone)}
      </time>{" "}
      {event.title}
    </>
  );
  if (!event.course_id) return <span className="event">{words}</span>;
  const place = event.assignment_id ? `/assignments/${event.assignment_id}` : "";
  return (
    <Link
      className="event"
      to={`/courses/${event.course_id}${place}`}
      title={event.course_title ?? undefined}
    >
      {words}
    </Link>
  );
}
