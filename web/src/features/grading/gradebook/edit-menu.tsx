import { Pencil } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Menu, MenuItem } from "../../../ui/menu";
import type { EditHistory } from "./edit-history";
import type { GridCommand } from "./grid-commands";

interface EditMenuProps {
  history: EditHistory;
  onCommand: (command: GridCommand) => void;
}

/** What the keys do, for those who have none at hand: a finger, or somebody who has just come. */
export function EditMenu({ history, onCommand }: EditMenuProps) {
  const { t } = useTranslation();
  return (
    <Menu
      label={t("grading.editMenu.label")}
      trigger={
        <>
          <Pencil size={16} aria-hidden /> {t("grading.editMenu.label")}
        </>
      }
    >
      {history.canUndo && (
        <MenuItem onSelect={() => onCommand("undo")}>{t("grading.editMenu.undo")}</MenuItem>
      )}
      {history.canRedo && (
        <MenuItem onSelect={() => onCommand("redo")}>{t("grading.editMenu.redo")}</MenuItem>
      )}
      <MenuItem onSelect={() => onCommand("fill")}>{t("grading.editMenu.fill")}</MenuItem>
      <MenuItem onSelect={() => onCommand("clear")}>{t("grading.editMenu.clear")}</MenuItem>
      <MenuItem onSelect={() => onCommand("message")}>{t("message.selected")}</MenuItem>
    </Menu>
  );
}
