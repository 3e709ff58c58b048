import { useBlocker } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Button } from "./button";
import { Dialog } from "./dialog";

/** Asks before a page with unsaved work is left, by a link, by Back, or by closing the window. */
export function LeaveGuard({ unsaved }: { unsaved: () => boolean }) {
  const { t } = useTranslation();
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: unsaved,
    enableBeforeUnload: unsaved,
    withResolver: true,
  });
  if (status !== "blocked") return null;
  return (
    <Dialog title={t("leave.title")} onClose={reset}>
      <p>{t("leave.help")}</p>
      <div className="dialog-actions">
        <Button kind="primary" onClick={reset}>
          {t("leave.stay")}
        </Button>
        <Button onClick={proceed}>{t("leave.leave")}</Button>
      </div>
    </Dialog>
  );
}
