import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { When } from "../../../ui/when";
import { gradebookNewsQuery } from "../grades-api";

/** What came of working all totals out anew in the night. */
export function CheckLine({ courseId }: { courseId: number }) {
  const { t } = useTranslation();
  const check = useQuery(gradebookNewsQuery(courseId)).data?.check;
  if (!check) return null;
  const words =
    check.different === 0
      ? t("grading.check.same", { count: check.compared })
      : t("grading.check.different", { count: check.different });
  return (
    <p className={check.different === 0 ? "small muted" : "notice"}>
      {words} <When at={check.checked_at} relative />
    </p>
  );
}
