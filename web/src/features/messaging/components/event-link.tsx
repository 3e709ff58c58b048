import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { formatTime } from "../../../lib/dates";
import { useLocale } from "../../../lib/i18n";
import { useTimeZone } from "../../../lib/session";
import type { CalendarEvent } from "../api";

export function EventLink({ event }: { event: CalendarEvent }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const zone = useTimeZone();
  return (
    <Link className="event" to={event.link ?? "."} title={event.course_title}>
      <time className="muted" dateTime={event.starts_at}>
        {formatTime(event.starts_at, locale, zone)}
      </time>{" "}
      {t(`messaging.calendar.what.${event.kind}`, { title: event.title })}
      {event.learner_name && ` · ${event.learner_name}`}
    </Link>
  );
}
