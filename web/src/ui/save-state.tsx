import { useTranslation } from "react-i18next";
import { formatTime } from "../lib/dates";
import { useLocale } from "../lib/i18n";
import { useTimeZone } from "../lib/session";

export type SaveStatus =
  | { kind: "idle" }
  | { kind: "saving" }
  | { kind: "saved"; at: string }
  | { kind: "failed"; offline: boolean; reason: string };

/** "Saved 10:42" appears only once the server has answered. */
export function SaveState({ status }: { status: SaveStatus }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const zone = useTimeZone();
  const words = {
    idle: () => "",
    saving: () => t("save.saving"),
    saved: () =>
      status.kind === "saved" ? t("save.saved", { time: formatTime(status.at, locale, zone) }) : "",
    failed: () =>
      status.kind === "failed"
        ? t(status.offline ? "save.offline" : "save.failed", { reason: status.reason })
        : "",
  }[status.kind]();
  return (
    <span
      className={status.kind === "failed" ? "badge" : "small muted"}
      data-tone="bad"
      role="status"
    >
      {words}
    </span>
  );
}
