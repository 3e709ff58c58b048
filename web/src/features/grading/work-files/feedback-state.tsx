import { useTranslation } from "react-i18next";
import { Badge, type Tone } from "../../../ui/badge";
import type { FeedbackState } from "./work-files-api";

const tones: Record<FeedbackState, Tone> = {
  planning: "info",
  planned: "info",
  refused: "bad",
  applying: "info",
  applied: "good",
  reversing: "info",
  reversed: "plain",
  expired: "plain",
};

export function FeedbackBadge({ state }: { state: FeedbackState }) {
  const { t } = useTranslation();
  return <Badge tone={tones[state]}>{t(`workFiles.feedback.state.${state}`)}</Badge>;
}
