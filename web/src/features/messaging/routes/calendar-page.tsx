import { useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useFilters } from "../../../lib/address";
import { useLocale } from "../../../lib/i18n";
import { useTimeZone } from "../../../lib/session";
import { Button, IconButton } from "../../../ui/button";
import { Page } from "../../../ui/page";
import { QueryView } from "../../../ui/query-view";
import { calendarQuery } from "../api";
import { Agenda } from "../components/agenda";
import { MonthGrid } from "../components/month-grid";
import { dayOf, daysOfMonth, firstDayOf } from "../month";

/** Due dates and events: a month on wide screens, an agenda on narrow ones or by choice. */
export default function CalendarPage() {
  const { t } = useTranslation();
  const locale = useLocale();
  const zone = useTimeZone();
  const [{ month, view }, setFilters] = useFilters();
  const today = dayOf(new Date().toISOString(), zone);
  const shown = /^\d{4}-\d{2}$/.test(month ?? "") ? (month as string) : today.slice(0, 7);
  const year = Number(shown.slice(0, 4));
  const index = Number(shown.slice(5)) - 1;
  const days = daysOfMonth(year, index, firstDayOf(locale));
  const from = `${days[0]}T00:00:00Z`;
  const to = `${days.at(-1)}T23:59:59Z`;
  const query = useQuery(calendarQuery(from, to));
  const asAgenda = view ? view === "agenda" : window.innerWidth < 700;
  const name = new Intl.DateTimeFormat(locale, {
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  }).format(Date.UTC(year, index, 1));
  const go = (step: number) =>
    setFilters({ month: new Date(Date.UTC(year, index + step, 1)).toISOString().slice(0, 7) });

  return (
    <Page
      title={t("nav.calendar")}
      state={<span aria-live="polite">{name}</span>}
      actions={
        <>
          <IconButton
            label={t("messaging.calendar.previous")}
            icon={<ChevronLeft size={18} className="flips" />}
            onClick={() => go(-1)}
          />
          <Button onClick={() => setFilters({ month: undefined })}>
            {t("messaging.calendar.today")}
          </Button>
          <IconButton
            label={t("messaging.calendar.next")}
            icon={<ChevronRight size={18} className="flips" />}
            onClick={() => go(1)}
          />
          <Button onClick={() => setFilters({ view: asAgenda ? "month" : "agenda" })}>
            {t(asAgenda ? "messaging.calendar.asMonth" : "messaging.calendar.asAgenda")}
          </Button>
        </>
      }
    >
      <QueryView query={query}>
        {({ items, complete }) => (
          <>
            {complete === false && (
              <p role="status">{t("messaging.calendar.cut", { count: items.length })}</p>
            )}
            {asAgenda ? (
              <Agenda events={items} />
            ) : (
              <MonthGrid days={days} month={shown} today={today} events={items} />
            )}
          </>
        )}
      </QueryView>
    </Page>
  );
}
