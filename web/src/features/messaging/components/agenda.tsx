import "./calendar.css";
import { useTranslation } from "react-i18next";
import { formatDate } from "../../../lib/dates";
import { useLocale } from "../../../lib/i18n";
import { useTimeZone } from "../../../lib/session";
import { Empty } from "../../../ui/states";
import { type CalendarEvent, eventKey } from "../api";
import { dayOf } from "../month";
import { EventLink } from "./event-link";

/** The same events as a list by day. */
export function Agenda({ events }: { events: CalendarEvent[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const zone = useTimeZone();
  if (events.length === 0) {
    return <Empty title={t("messaging.calendar.empty")}>{t("messaging.calendar.emptyHelp")}</Empty>;
  }
  const days = new Map<string, CalendarEvent[]>();
  for (const event of [...events].sort((a, b) => a.starts_at.localeCompare(b.starts_at))) {
    const day = dayOf(event.starts_at, zone);
    days.set(day, [...(days.get(day) ?? []), event]);
  }
  return (
    <div className="stack">
      {[...days].map(([day, here]) => (
        <section key={day} className="panel">
          <h2>{formatDate(here[0]?.starts_at ?? day, locale, zone)}</h2>
          <ul className="rows">
            {here.map((event) => (
              <li key={eventKey(event)} className="rows-link">
                <span className="grow">
                  <EventLink event={event} />
                </span>
                <span className="small muted">{event.course_title}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
