import { useNavigate } from "@tanstack/react-router";
import { Download, FileSpreadsheet, Upload } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useCourseStanding } from "../../../../lib/course-standing";
import { Menu, MenuItem } from "../../../../ui/menu";

/** From the gradebook to its files: taking grades away, and bringing them back. */
export function FilesMenu({ courseId }: { courseId: number }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { may } = useCourseStanding();
  const go = (where: string) => () =>
    void navigate({ to: `/courses/${courseId}/gradebook/${where}` });
  const label = t("grading.files.menu");
  return (
    <Menu
      label={label}
      trigger={
        <>
          <FileSpreadsheet size={16} aria-hidden />
          {label}
        </>
      }
    >
      <MenuItem icon={<Download size={16} aria-hidden />} onSelect={go("exports")}>
        {t("grading.files.export")}
      </MenuItem>
      {may("grade.record") && (
        <MenuItem icon={<Upload size={16} aria-hidden />} onSelect={go("imports")}>
          {t("grading.files.import")}
        </MenuItem>
      )}
    </Menu>
  );
}
