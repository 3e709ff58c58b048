import { FileText, RotateCw, Trash2 } from "lucide-react";
import { useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatBytes } from "../../../lib/numbers";
import { Problem } from "../../../lib/problem";
import { type UploadTicket, uploadParts } from "../../../lib/upload";
import { IconButton } from "../../../ui/button";
import { useProblemText } from "../../../ui/states";
import { completeUpload, resumeUpload, type SubmittedFile } from "../api";

interface FilePickerProps {
  label: string;
  /** Announces a file and answers where its parts are to be sent. */
  start: (file: File) => Promise<UploadTicket>;
  files: SubmittedFile[];
  accept?: string;
  /** Told how many files are still on their way. */
  onSending: (count: number) => void;
  onFiles: (change: (files: SubmittedFile[]) => SubmittedFile[]) => void;
}

interface Transfer {
  id: number;
  file: File;
  fraction: number;
  /** Announced already: trying again goes on where it was interrupted. */
  fileId?: number;
  error?: string;
}

let nextTransfer = 1;

/** Files go in parts straight to storage; each shows its progress and can be sent again. */
export function FilePicker({ label, start, files, accept, onSending, onFiles }: FilePickerProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const problemText = useProblemText();
  const inputId = useId();
  const [transfers, setTransfers] = useState<Transfer[]>([]);
  const patch = (id: number, part: Partial<Transfer>) =>
    setTransfers((all) => all.map((one) => (one.id === id ? { ...one, ...part } : one)));
  const drop = (id: number) => setTransfers((all) => all.filter((one) => one.id !== id));

  const sending = transfers.filter((one) => !one.error).length;
  useEffect(() => onSending(sending), [sending, onSending]);

  async function ticketFor({ file, fileId }: Transfer) {
    if (fileId === undefined) return start(file);
    return resumeUpload(fileId).catch((error) => {
      if (error instanceof Problem && error.status === 404) return start(file);
      throw error;
    });
  }

  async function send(transfer: Transfer) {
    patch(transfer.id, { error: undefined, fraction: 0 });
    try {
      const ticket = await ticketFor(transfer);
      patch(transfer.id, { fileId: ticket.file_id });
      await uploadParts(transfer.file, ticket, (fraction) => patch(transfer.id, { fraction }));
      const stored = await completeUpload(ticket.file_id);
      drop(transfer.id);
      onFiles((now) => [...now, stored]);
    } catch (error) {
      patch(transfer.id, { error: problemText(error) });
    }
  }

  function add(list: FileList | null) {
    const added = [...(list ?? [])].map((file) => ({ id: nextTransfer++, file, fraction: 0 }));
    setTransfers((all) => [...all, ...added]);
    for (const transfer of added) void send(transfer);
  }

  return (
    <div className="field" data-wide>
      <label htmlFor={inputId}>{label}</label>
      <input
        id={inputId}
        className="input"
        type="file"
        multiple
        accept={accept}
        onChange={(event) => {
          add(event.target.files);
          event.target.value = "";
        }}
      />
      <ul className="rows">
        {files.map((file) => (
          <li key={file.file_id} className="rows-link">
            <FileText size={16} aria-hidden />
            <span className="grow">{file.name}</span>
            <span className="small muted">{formatBytes(file.size_bytes, locale)}</span>
            <IconButton
              label={t("grading.handIn.removeFile", { name: file.name })}
              icon={<Trash2 size={16} />}
              onClick={() => onFiles((now) => now.filter((f) => f.file_id !== file.file_id))}
            />
          </li>
        ))}
        {transfers.map((transfer) => (
          <li key={transfer.id} className="stack-tight" style={{ paddingBlock: 8 }}>
            <div className="row">
              <span className="grow">{transfer.file.name}</span>
              {transfer.error && (
                <>
                  <IconButton
                    label={t("action.tryAgain")}
                    icon={<RotateCw size={16} />}
                    onClick={() => void send(transfer)}
                  />
                  <IconButton
                    label={t("grading.handIn.removeFile", { name: transfer.file.name })}
                    icon={<Trash2 size={16} />}
                    onClick={() => drop(transfer.id)}
                  />
                </>
              )}
            </div>
            {transfer.error ? (
              <p className="field-error" role="alert">
                {transfer.error}
              </p>
            ) : (
              <progress
                className="progress"
                aria-label={t("grading.handIn.sending", { name: transfer.file.name })}
                value={transfer.fraction}
                max={1}
              />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
