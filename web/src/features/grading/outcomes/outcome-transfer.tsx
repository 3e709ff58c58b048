import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Download, Upload } from "lucide-react";
import { useTranslation } from "react-i18next";
import { apiUrl } from "../../../lib/base";
import { asProblem } from "../../../lib/problem";
import { FileButton } from "../../../ui/file-button";
import { ActionFailed } from "../../../ui/states";
import { importOutcomes, tablePath } from "./across-api";
import type { Owner } from "./outcomes-api";

/** Outcomes from a file and into one. What is wrong with a file is said line by line. */
export function OutcomeTransfer({ owner }: { owner: Owner }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const send = useMutation({
    mutationFn: (file: File) => importOutcomes(owner, file),
    onSuccess: () =>
      queryClient.invalidateQueries({
        queryKey: "courseId" in owner ? ["course", owner.courseId] : ["account", owner.accountId],
      }),
  });
  const wrong = asProblem(send.error).errors;
  return (
    <section className="panel stack" aria-labelledby="outcome-files">
      <h2 id="outcome-files">{t("outcomes.file.title")}</h2>
      <p className="small muted">{t("outcomes.file.help")}</p>
      <div className="row">
        <FileButton
          accept=".csv,.xlsx"
          disabled={send.isPending}
          onFile={(file) => send.mutate(file)}
        >
          <Upload size={16} aria-hidden /> {t("outcomes.file.take")}
        </FileButton>
        <a className="button" href={apiUrl(tablePath(owner))} download>
          <Download size={16} aria-hidden /> {t("outcomes.file.give")}
        </a>
      </div>
      {send.error ? <ActionFailed error={send.error} /> : null}
      {send.error && wrong.length > 0 && (
        <ul className="stack-tight">
          {wrong.map((one) => {
            const number = lineOf(one.field ?? "");
            return (
              <li key={`${one.field} ${one.code} ${one.message}`}>
                {number && <strong>{t("outcomes.file.line", { number })} </strong>}
                {one.message}
              </li>
            );
          })}
        </ul>
      )}
      {send.data && !send.error && (
        <p className="notice" data-tone="good" role="status">
          {t("outcomes.file.done", { ...send.data })}
        </p>
      )}
    </section>
  );
}

const lineOf = (field: string) => /^lines\[(\d+)\]$/.exec(field)?.[1];
