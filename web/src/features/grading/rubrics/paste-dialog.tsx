import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { fieldError } from "../../../lib/problem";
import { Button } from "../../../ui/button";
import { TextArea } from "../../../ui/field";
import { FileButton } from "../../../ui/file-button";
import { FormDialog } from "../../../ui/form-dialog";
import { type CriterionInput, type RubricTable, readRubricTable } from "./rubrics-api";

interface PasteDialogProps {
  courseId: number;
  onTake: (criteria: CriterionInput[]) => void;
  onClose: () => void;
}

/** A table from a spreadsheet: read by the server, shown as it was understood, then taken over. */
export function PasteDialog({ courseId, onTake, onClose }: PasteDialogProps) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [read, setRead] = useState<RubricTable>();
  const reading = useMutation({
    mutationFn: () => readRubricTable(courseId, text),
    onSuccess: setRead,
  });
  const change = (next: string) => {
    setText(next);
    setRead(undefined);
  };
  const taken = read && read.criteria.length > 0;
  return (
    <FormDialog
      title={t("rubrics.paste.title")}
      save={taken ? t("rubrics.paste.take", { count: read.criteria.length }) : undefined}
      mutation={{
        mutate: () => taken && onTake(read.criteria),
        isPending: reading.isPending,
        error: reading.error,
      }}
      disabled={!taken}
      extra={
        <Button busy={reading.isPending} onClick={() => text.trim() && reading.mutate()}>
          {t("rubrics.paste.look")}
        </Button>
      }
      onClose={onClose}
    >
      <TextArea
        label={t("rubrics.paste.table")}
        help={t("rubrics.paste.help")}
        rows={8}
        dir="auto"
        value={text}
        error={fieldError(reading.error, "text")}
        onChange={(event) => change(event.target.value)}
      />
      <div>
        <FileButton
          accept=".csv,.tsv,.txt,text/csv"
          onFile={async (file) => change(await file.text())}
        >
          {t("rubrics.paste.file")}
        </FileButton>
      </div>
      {read && <TableRead read={read} />}
    </FormDialog>
  );
}

function TableRead({ read }: { read: RubricTable }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <section className="stack-tight" aria-live="polite" aria-label={t("rubrics.paste.understood")}>
      {read.problems.map((problem) => (
        <p className="notice" data-tone="warn" key={`${problem.line}-${problem.message}`}>
          {t("rubrics.paste.problem", { line: problem.line })} {problem.message}
        </p>
      ))}
      <ul className="rows">
        {read.criteria.map((criterion) => (
          <li key={criterion.description}>
            <strong>{criterion.description}</strong>{" "}
            <span className="muted">
              {criterion.ratings
                .map((one) => `${one.description} (${formatNumber(one.points, locale)})`)
                .join(" · ")}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
