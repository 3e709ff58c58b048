import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { asProblem, fieldError, hasStatus } from "../../../lib/problem";
import { SelectField, TextArea, TextField } from "../../../ui/field";
import { FormDialog } from "../../../ui/form-dialog";
import { parseEntry } from "../gradebook/score-text";
import { assignmentRubricQuery } from "../rubrics/rubrics-api";
import { SideBySide } from "../rubrics/side-by-side";
import { decideMark, type Moderated } from "./marking-api";

interface DecideDialogProps {
  assignmentId: number;
  row: Moderated;
  onClose: () => void;
  onDone: () => void;
}

/** Chooses one of the marks, what the rule gives, or another mark. */
export function DecideDialog({ assignmentId, row, onClose, onDone }: DecideDialogProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const rubric = useQuery(assignmentRubricQuery(assignmentId)).data?.rubric;
  const given = row.marks.filter((one) => one.score !== null);
  const [way, setWay] = useState(
    row.agreed !== null ? "rule" : given[0] ? String(given[0].marker_id) : "entered",
  );
  const [text, setText] = useState("");
  const [note, setNote] = useState("");
  const score = parseEntry(text, locale)?.score ?? null;
  const show = (value: number | null) => (value === null ? "" : formatNumber(value, locale, 4));
  const mutation = useMutation({
    mutationFn: () =>
      decideMark(assignmentId, row.user_id, {
        ...(way === "rule"
          ? { way }
          : way === "entered"
            ? { way, score }
            : { way: "chosen", marker_id: Number(way) }),
        note,
        version: row.decision?.version ?? 0,
      }),
    onSuccess: onDone,
  });
  const current = hasStatus(mutation.error, 409)
    ? (asProblem(mutation.error).current as Moderated["decision"])
    : null;
  return (
    <FormDialog
      title={t("marking.several.decideTitle", { name: row.name })}
      mutation={mutation}
      disabled={way === "entered" && score === null}
      wide
      onClose={onClose}
    >
      {given.length > 0 && (
        <SideBySide
          rubric={rubric}
          sides={given.map((one) => ({
            ...one,
            id: one.marker_id,
            name: one.marker_name ?? "",
          }))}
        />
      )}
      <SelectField
        label={t("marking.several.way")}
        value={way}
        onChange={(event) => setWay(event.target.value)}
        choices={[
          ...(row.agreed === null
            ? []
            : [{ value: "rule", label: t("marking.several.byRule", { score: show(row.agreed) }) }]),
          ...given.map((one) => ({
            value: String(one.marker_id),
            label: t("marking.several.byMarker", {
              name: one.marker_name,
              score: show(one.score),
            }),
          })),
          { value: "entered", label: t("marking.several.byHand") },
        ]}
      />
      {way === "entered" && (
        <TextField
          label={t("marking.several.score")}
          inputMode="decimal"
          value={text}
          error={fieldError(mutation.error, "score")}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      <TextArea
        label={t("marking.several.note")}
        rows={2}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      {current && (
        <p className="notice" data-tone="bad" role="alert">
          {t("marking.several.conflict", { score: show(current.score) })}
        </p>
      )}
    </FormDialog>
  );
}
