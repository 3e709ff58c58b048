import { useTranslation } from "react-i18next";
import { Badge, type Tone } from "../../../../ui/badge";
import type { GradebookImportState } from "../../imports-api";

const tones: Record<GradebookImportState, Tone> = {
  planning: "info",
  planned: "info",
  refused: "bad",
  applying: "info",
  applied: "good",
  outdated: "warn",
  reversing: "info",
  reversed: "plain",
};

export function GradebookImportBadge({ state }: { state: GradebookImportState }) {
  const { t } = useTranslation();
  return <Badge tone={tones[state]}>{t(`grading.files.importState.${state}`)}</Badge>;
}
