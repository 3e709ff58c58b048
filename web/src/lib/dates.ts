const DAY_MS = 86_400_000;

/** The reader's own zone when the profile names none. */
export const deviceZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

export function formatDateTime(instant: string, locale: string, zone: string): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: sameYear(instant, zone) ? undefined : "numeric",
    hour: "numeric",
    minute: "2-digit",
  }).format(new Date(instant));
}

/** The long form for a tooltip: everything, with the zone's name. */
export function formatFull(instant: string, locale: string, zone: string): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    dateStyle: "full",
    timeStyle: "long",
  }).format(new Date(instant));
}

export function formatDate(instant: string, locale: string, zone: string): string {
  return new Intl.DateTimeFormat(locale, { timeZone: zone, dateStyle: "medium" }).format(
    new Date(instant),
  );
}

export function formatTime(instant: string | Date, locale: string, zone: string): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    hour: "numeric",
    minute: "2-digit",
  }).format(new Date(instant));
}

/** "in 3 hours", "yesterday": undefined beyond a week, where a date says more. */
export function formatRelative(
  instant: string,
  locale: string,
  now: number = Date.now(),
): string | undefined {
  const delta = new Date(instant).getTime() - now;
  const size = Math.abs(delta);
  if (size > 7 * DAY_MS) return undefined;
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  if (size < 60_000) return relative.format(0, "minute");
  if (size < 3_600_000) return relative.format(Math.trunc(delta / 60_000), "minute");
  if (size < DAY_MS) return relative.format(Math.trunc(delta / 3_600_000), "hour");
  return relative.format(Math.trunc(delta / DAY_MS), "day");
}

/** A zone's short name at that moment: "GMT+1", "EST". */
export function zoneName(instant: string, locale: string, zone: string): string {
  const parts = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    timeZoneName: "short",
  }).formatToParts(new Date(instant));
  return parts.find((p) => p.type === "timeZoneName")?.value ?? zone;
}

function sameYear(instant: string, zone: string): boolean {
  const year = (date: Date) => date.toLocaleDateString("en", { timeZone: zone, year: "numeric" });
  return year(new Date(instant)) === year(new Date());
}

/** What a `datetime-local` input shows for an instant, on the wall clock of a zone. */
export function toLocalInput(instant: string | null | undefined, zone: string): string {
  if (!instant) return "";
  return new Date(new Date(instant).getTime() + offsetMs(new Date(instant), zone))
    .toISOString()
    .slice(0, 16);
}

/** The instant meant by a wall-clock time in a zone; a time skipped in spring moves forward. */
export function fromLocalInput(local: string, zone: string): string | null {
  if (!local) return null;
  const wall = Date.parse(`${local.slice(0, 16)}:00Z`);
  if (Number.isNaN(wall)) return null;
  const guess = wall - offsetMs(new Date(wall), zone);
  return new Date(wall - offsetMs(new Date(guess), zone)).toISOString();
}

function offsetMs(at: Date, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(at);
  const get = (type: string) => Number(parts.find((p) => p.type === type)?.value);
  const asUtc = Date.UTC(
    get("year"),
    get("month") - 1,
    get("day"),
    get("hour"),
    get("minute"),
    get("second"),
  );
  return asUtc - Math.floor(at.getTime() / 1000) * 1000;
}
