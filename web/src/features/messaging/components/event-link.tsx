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
  if (!event.link?.startsWith("/")) return <span className="event">{words}</span>;
  return (
    <Link className="event" to={event.link} title={event.course_title}>
      {words}
    </Link>
  );
}
