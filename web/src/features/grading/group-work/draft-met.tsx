import { useTranslation } from "react-i18next";
import { Button } from "../../../ui/button";
import type { Draft } from "../api";

interface DraftMetProps {
  draft: Draft;
  onSettle: (mine: boolean) => void;
}

/** Two of a group wrote at once: both texts are there, and one is chosen. */
export function DraftMet({ draft, onSettle }: DraftMetProps) {
  const { t } = useTranslation();
  const name = draft.saved_by_name ?? t("groupWork.draft.nobody");
  return (
    <div className="notice" data-tone="warn" role="alert">
      <div className="grow stack-tight">
        <strong>{t("groupWork.draft.met", { name })}</strong>
        {(draft.body_text || draft.url) && (
          <blockquote className="prose" aria-label={t("groupWork.draft.theirs")}>
            {draft.body_text || draft.url}
          </blockquote>
        )}
        <div className="row">
          <Button onClick={() => onSettle(true)}>{t("groupWork.draft.keepMine")}</Button>
          <Button onClick={() => onSettle(false)}>{t("groupWork.draft.takeTheirs")}</Button>
        </div>
      </div>
    </div>
  );
}
