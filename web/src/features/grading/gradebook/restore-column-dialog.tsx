import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatDateTime } from "../../../lib/dates";
import { useLocale } from "../../../lib/i18n";
import { useTimeZone } from "../../../lib/session";
import { Button } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { Form } from "../../../ui/form";
import { InstantField } from "../../../ui/instant-field";
import { type Gradebook, type GradebookAssignment, pastGradebookQuery } from "../grades-api";

interface RestoreColumnDialogProps {
  courseId: number;
  assignment: GradebookAssignment;
  /** The gradebook as it was then; what bringing it back would change is shown next. */
  onRead: (past: Gradebook, when: string) => void;
  onClose: () => void;
}

/** Asks to which moment the grades of an assignment are to go back. */
export function RestoreColumnDialog(props: RestoreColumnDialogProps) {
  const { courseId, assignment, onRead, onClose } = props;
  const { t } = useTranslation();
  const locale = useLocale();
  const zone = useTimeZone();
  const client = useQueryClient();
  const [instant, setInstant] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [missing, setMissing] = useState(false);

  async function read() {
    setMissing(!instant);
    if (!instant) return;
    setBusy(true);
    try {
      const past = await client.fetchQuery(pastGradebookQuery(courseId, instant));
      onRead(past, formatDateTime(instant, locale, zone));
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  }

  return (
    <Dialog
      title={t("grading.restoreColumn.title", { assignment: assignment.title })}
      onClose={onClose}
    >
      <Form error={error} onSubmit={() => void read()}>
        <p>{t("grading.restoreColumn.help")}</p>
        <InstantField
          label={t("grading.restoreColumn.field")}
          value={instant}
          zone={zone}
          onChange={setInstant}
          error={missing ? t("grading.restoreColumn.which") : undefined}
        />
        <div className="dialog-actions">
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t("grading.defaultGrade.next")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
