import { useBlocker } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Button } from "./button";
import { Dialog } from "./dialog";

/** Asks before a page with unsaved work is left, by a link, by Back, or by closing the window. */
export function LeaveGuard({ unsaved }: { unsaved: () => boolean }) {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: unsaved,
    enableBeforeUnload: unsaved,
    withResolver: true,
  });
  if (status !== "blocked") return null;
  return <LeaveDialog onStay={reset} onLeave={proceed} />;
}

/** Asks whether what is not saved may be lost. */
export function LeaveDialog({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={t("leave.title")} onClose={onStay}>
      <p>{t("leave.help")}</p>
      <div className="dialog-actions">
        <Button kind="primary" onClick={onStay}>
          {t("leave.stay")}
        </Button>
        <Button onClick={onLeave}>{t("leave.leave")}</Button>
      </div>
    </Dialog>
  );
}
