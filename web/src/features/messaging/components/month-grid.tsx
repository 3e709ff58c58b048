import "./calendar.css";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { useTimeZone } from "../../../lib/session";
import { type CalendarEvent, eventKey } from "../api";
import { dayOf } from "../month";
import { EventLink } from "./event-link";

interface MonthGridProps {
  days: string[];
  month: string;
  today: string;
  events: CalendarEvent[];
}

const SHOWN = 3;

/** A plain table: a row a week, a cell a day, with its events as links. */
export function MonthGrid({ days, month, today, events }: MonthGridProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const zone = useTimeZone();
  const weekday = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" });
  const dayNumber = new Intl.DateTimeFormat(locale, { day: "numeric", timeZone: "UTC" });
  const weeks = Array.from({ length: days.length / 7 }, (_, i) => days.slice(i * 7, i * 7 + 7));
  const on = (day: string) => events.filter((event) => dayOf(event.starts_at, zone) === day);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so keys must reach it
    <section className="table-wrap" tabIndex={0} aria-label={t("nav.calendar")}>
      <table className="month">
        <thead>
          <tr>
            {weeks[0]?.map((day) => (
              <th key={day} scope="col">
                {weekday.format(new Date(day))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((day) => {
                const here = on(day);
                return (
                  <td
                    key={day}
                    data-outside={!day.startsWith(month) || undefined}
                    aria-current={day === today ? "date" : undefined}
                  >
                    <span className="month-day">{dayNumber.format(new Date(day))}</span>
                    <ul>
                      {here.slice(0, SHOWN).map((event) => (
                        <li key={eventKey(event)}>
                          <EventLink event={event} />
                        </li>
                      ))}
                    </ul>
                    {here.length > SHOWN && (
                      <span className="small muted">
                        {t("messaging.calendar.more", { count: here.length - SHOWN })}
                      </span>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
