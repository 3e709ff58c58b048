import { useNavigate } from "@tanstack/react-router";
import { Download, FileSpreadsheet } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Menu, MenuItem } from "../../../../ui/menu";

/** From the gradebook to its files: taking grades away. */
export function FilesMenu({ courseId }: { courseId: number }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
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
    </Menu>
  );
}
