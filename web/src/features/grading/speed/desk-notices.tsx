import { useTranslation } from "react-i18next";
import type { GradingWork } from "./speed-api";

/** What a grader should know before grading this piece of work. */
export function DeskNotices({ item }: { item: GradingWork }) {
  const { t } = useTranslation();
  return (
    <>
      {item.held_by && (
        <p className="notice" data-tone="warn">
          {t("speed.heldBy", { name: item.held_by.name ?? "" })}
        </p>
      )}
      {item.work.is_group_work && !item.work.group && !item.work.attempts[0]?.group && (
        <p className="notice">{t("groupWork.aloneOther")}</p>
      )}
      {item.work.returned && (
        <p className="notice">{t("speed.return.waits", { note: item.work.returned.note })}</p>
      )}
    </>
  );
}
