import { useTranslation } from "react-i18next";
import { useSession } from "../../../lib/session";
import { Button } from "../../../ui/button";
import { CheckField } from "../../../ui/field";
import { usePace } from "./use-pace";

interface PaceMeterProps {
  assignmentId: number;
  piece: number | undefined;
  waiting: number;
}

/** How long one takes, for oneself. */
export function PaceMeter({ assignmentId, piece, waiting }: PaceMeterProps) {
  const { t } = useTranslation();
  const user = useSession()?.user.user_id ?? 0;
  const pace = usePace(`${user}.${assignmentId}`, piece);
  return (
    <div className="row small">
      <CheckField
        label={t("pace.show")}
        checked={pace.shown}
        onChange={(event) => pace.show(event.target.checked)}
      />
      {pace.shown && (
        <span className="muted figures">
          {t("pace.now", { time: clock(pace.seconds) })}
          {pace.usual !== null &&
            ` · ${t("pace.usual", { time: clock(pace.usual), count: pace.pieces })}`}
          {pace.usual !== null &&
            waiting > 0 &&
            ` · ${t("pace.left", { minutes: Math.ceil((pace.usual * waiting) / 60) })}`}
        </span>
      )}
      {pace.shown && pace.pieces > 0 && (
        <Button kind="quiet" onClick={pace.forget}>
          {t("pace.forget")}
        </Button>
      )}
    </div>
  );
}

const clock = (seconds: number) =>
  `${Math.floor(seconds / 60)}:${String(Math.round(seconds) % 60).padStart(2, "0")}`;
