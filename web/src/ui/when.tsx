import { formatDateTime, formatFull, formatRelative, zoneName } from "../lib/dates";
import { useLocale } from "../lib/i18n";
import { useTimeZone } from "../lib/session";

interface WhenProps {
  at: string;
  /** The course's zone, for times that are promised on its wall clock. */
  zone?: string;
  /** Due times stay dates; a passed event reads better as "yesterday". */
  relative?: boolean;
}

/** A moment: relative up to a week, else date and time; the full form with its zone on hover. */
export function When({ at, zone, relative }: WhenProps) {
  const locale = useLocale();
  const own = useTimeZone();
  const shown = zone ?? own;
  const near = relative ? formatRelative(at, locale) : undefined;
  const foreign = zone !== undefined && zoneName(at, locale, zone) !== zoneName(at, locale, own);
  return (
    <time dateTime={at} title={formatFull(at, locale, shown)}>
      {near ?? formatDateTime(at, locale, shown)}
      {foreign && !near ? ` ${zoneName(at, locale, shown)}` : ""}
    </time>
  );
}
