import { FileDown, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "../../../../lib/announce";
import { IconButton } from "../../../../ui/button";
import { ActionFailed } from "../../../../ui/states";
import type { Pdf } from "../pdf-engine";
import { wordsAreSaved } from "../use-note-words";
import { useNotes } from "../use-notes";

interface CopyButtonProps {
  pdf: Pdf;
  url: string;
  name: string;
  fileId: number;
}

/** A copy of the file with the notes in its pages, to keep or to print; nothing where there are none. */
export function CopyButton({ pdf, url, name, fileId }: CopyButtonProps) {
  const { t } = useTranslation();
  const { notes, whole } = useNotes();
  const [share, setShare] = useState<number>();
  const [failed, setFailed] = useState<string>();
  const [error, setError] = useState<unknown>();
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  if (!notes.some((note) => note.file_id === fileId)) return null;

  async function make() {
    const making = new AbortController();
    const { signal } = making;
    stop.current = making;
    setFailed(undefined);
    setError(undefined);
    setShare(0);
    const { markedCopy, NoCopy } = await import("./marked-copy");
    const read = async () => {
      await wordsAreSaved();
      return whole(fileId, pdf.numPages);
    };
    try {
      const copy = await markedCopy({ pdf, url, read, onProgress: setShare, signal });
      keep(copy, `${name.replace(/\.pdf$/i, "")}-${t("notes.copy.suffix")}.pdf`);
      announce(t("notes.copy.done"));
    } catch (failure) {
      if (signal.aborted) return;
      if (failure instanceof NoCopy) setFailed(t(`notes.copy.failed.${failure.why}`));
      else setError(failure);
    } finally {
      if (!signal.aborted) setShare(undefined);
    }
  }

  function cancel() {
    stop.current?.abort();
    setShare(undefined);
    announce(t("notes.copy.cancelled"));
  }

  const making = share !== undefined;
  return (
    <>
      <IconButton
        label={t(making ? "notes.copy.cancel" : "notes.copy.make")}
        icon={making ? <X size={18} /> : <FileDown size={18} />}
        onClick={making ? cancel : () => void make()}
      />
      {making && (
        <progress
          className="progress copy-progress"
          aria-label={t("notes.copy.making")}
          value={share}
          max={1}
        />
      )}
      {failed && (
        <p className="notice" data-tone="bad" role="alert">
          {failed}
        </p>
      )}
      <ActionFailed error={error} />
    </>
  );
}

function keep(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  Object.assign(link, { href: address, download: name });
  link.click();
  // Browsers begin to read it a moment later.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
