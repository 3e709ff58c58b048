/** The days a month's page shows: whole weeks, from the locale's first day of the week. */
export function daysOfMonth(year: number, month: number, firstDay: number): string[] {
  const first = new Date(Date.UTC(year, month, 1));
  const lead = (first.getUTCDay() - firstDay + 7) % 7;
  const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const weeks = Math.ceil((lead + length) / 7);
  return Array.from({ length: weeks * 7 }, (_, i) =>
    new Date(Date.UTC(year, month, 1 - lead + i)).toISOString().slice(0, 10),
  );
}

interface WeekInfo {
  firstDay: number;
}

/** 0 is Sunday. Browsers without week data get Monday. */
export function firstDayOf(locale: string): number {
  const known = new Intl.Locale(locale) as Intl.Locale & {
    getWeekInfo?: () => WeekInfo;
    weekInfo?: WeekInfo;
  };
  return (known.getWeekInfo?.() ?? known.weekInfo ?? { firstDay: 1 }).firstDay % 7;
}

/** The calendar day of an instant on the wall clock of a zone, as `2026-11-22`. */
export function dayOf(instant: string, zone: string): string {
  return new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).format(new Date(instant));
}
