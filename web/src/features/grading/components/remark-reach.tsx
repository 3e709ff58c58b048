import { useTranslation } from "react-i18next";
import { CheckField } from "../../../ui/field";

interface RemarkReachProps {
  /** The learner reads it once the grade is posted. */
  waits: boolean;
  atOnce: boolean;
  onAtOnce: (atOnce: boolean) => void;
}

/** Says when the learner reads what is being written, and lets a grader send it now where it would wait. */
export function RemarkReach({ waits, atOnce, onAtOnce }: RemarkReachProps) {
  const { t } = useTranslation();
  if (!waits) return <p className="small muted">{t("grading.remark.now")}</p>;
  return (
    <div className="stack-tight">
      <p className="small muted">
        {t(atOnce ? "grading.remark.nowChosen" : "grading.remark.waits")}
      </p>
      <CheckField
        label={t("grading.remark.sendNow")}
        checked={atOnce}
        onChange={(event) => onAtOnce(event.target.checked)}
      />
    </div>
  );
}
