import { useTranslation } from "react-i18next";
import { Badge, type Tone } from "../../../ui/badge";
import type { ImportState } from "../imports-api";

const tones: Record<ImportState, Tone> = {
  planning: "info",
  planned: "info",
  refused: "bad",
  applying: "info",
  applied: "good",
  outdated: "warn",
};

export function ImportStateBadge({ state }: { state: ImportState }) {
  const { t } = useTranslation();
  return <Badge tone={tones[state] ?? "plain"}>{t(`courses.imports.state.${state}`)}</Badge>;
}
