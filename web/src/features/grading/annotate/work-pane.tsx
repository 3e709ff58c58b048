import "./notes.css";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { fileUrl } from "../../../lib/base";
import { useLocale } from "../../../lib/i18n";
import { formatBytes } from "../../../lib/numbers";
import { Skeleton } from "../../../ui/states";
import { When } from "../../../ui/when";
import type { Submission, SubmittedFile } from "../api";
import { MadeBy } from "../group-work/group-notice";
import { LabelBadge } from "../policy/label-badge";
import { SimilarityLink } from "../similarity/similarity-link";
import { MarkedImage } from "./marked-image";
import { MarkedText } from "./marked-text";
import { NoteList } from "./note-list";
import { NotebookView } from "./notebook-view";
import { plainLines } from "./text-ranges";
import { MarkKeysProvider, useMarkKeys } from "./use-mark-keys";
import { NotesProvider, useNotesOf } from "./use-notes";

/** The viewer of PDF is as large as all the rest together: it comes when there is a PDF. */
const PdfView = lazy(() => import("./pdf-view"));

const MOST_TEXT_BYTES = 2_000_000;
const MOST_NOTEBOOK_BYTES = 20_000_000;
const textNames =
  /\.(txt|md|py|java|c|h|cpp|hpp|cs|jsx?|tsx?|json|html?|css|sql|r|m|rb|go|rs|sh|csv|tsv|xml|svg|ya?ml|tex|log)$/i;

interface WorkPaneProps {
  submission: Submission;
  /** Whether places in it can be marked. */
  editable: boolean;
  /** Whether n and p walk through these notes; of two panes, one has the keys. */
  keys?: boolean;
  /** False: what graders marked is not for whoever reads here. */
  marks?: boolean;
}

/** An attempt as it is read, in place, with what was marked in it. */
export function WorkPane({ submission, editable, keys = true, marks = true }: WorkPaneProps) {
  const { t } = useTranslation();
  const notes = useNotesOf(submission, editable, marks);
  const register = useMarkKeys(editable && keys);
  // Answers to questions have no places of their own.
  const listed = marks && (!!submission.body_text || submission.files.length > 0);
  const files = new Map(submission.files.map((file) => [file.file_id as number, file.name]));
  return (
    <NotesProvider value={notes}>
      <MarkKeysProvider value={register}>
        <article
          className="stack"
          aria-label={t("grading.attempt", { number: submission.attempt })}
        >
          <p className="small muted row">
            {t("grading.attempt", { number: submission.attempt })}
            <When at={submission.submitted_at} />
            {submission.late && <LabelBadge kind="late" assignmentId={submission.assignment_id} />}
          </p>
          {editable && <MadeBy submission={submission} />}
          {editable && <SimilarityLink submission={submission} />}
          <div className={listed ? "work-notes" : undefined}>
            <div className="stack">
              {submission.body_text && (
                <MarkedText
                  text={plainLines(submission.body_text)}
                  fileId={null}
                  label={t("notes.typed")}
                  prose
                />
              )}
              {submission.url && (
                <p>
                  <a
                    href={submission.url}
                    target="_blank"
                    rel="noopener noreferrer nofollow"
                    dir="ltr"
                  >
                    {submission.url}
                  </a>
                </p>
              )}
              {submission.files.map((file) => (
                <FilePane key={file.file_id} file={file} />
              ))}
            </div>
            {listed && <NoteList files={files} keys={keys} />}
          </div>
        </article>
      </MarkKeysProvider>
    </NotesProvider>
  );
}

/** How a file is shown; what could run is shown as its text, or is only there to fetch. */
function wayOf(file: SubmittedFile): "image" | "pdf" | "notebook" | "text" | "none" {
  if (/^image\/(png|jpeg|gif|webp)$/.test(file.content_type)) return "image";
  if (file.content_type === "application/pdf" || /\.pdf$/i.test(file.name)) return "pdf";
  if (/\.ipynb$/i.test(file.name)) {
    return file.size_bytes <= MOST_NOTEBOOK_BYTES ? "notebook" : "none";
  }
  const isText = file.content_type === "text/plain" || textNames.test(file.name);
  return isText && file.size_bytes <= MOST_TEXT_BYTES ? "text" : "none";
}

function FilePane({ file }: { file: SubmittedFile }) {
  const locale = useLocale();
  const url = fileUrl(file.url);
  const way = wayOf(file);
  return (
    <figure className="work-file">
      <figcaption className="row-between">
        <a href={url} download={file.name}>
          {file.name}
        </a>
        <span className="small muted">{formatBytes(file.size_bytes, locale)}</span>
      </figcaption>
      {way === "image" && <MarkedImage url={url} name={file.name} fileId={file.file_id} />}
      {way === "pdf" && (
        <Suspense fallback={<Skeleton lines={8} />}>
          <PdfView url={url} name={file.name} fileId={file.file_id} />
        </Suspense>
      )}
      {(way === "text" || way === "notebook") && (
        <TextFile url={url} file={file} notebook={way === "notebook"} />
      )}
    </figure>
  );
}

interface TextFileProps {
  url: string;
  file: SubmittedFile;
  notebook: boolean;
}

function TextFile({ url, file, notebook }: TextFileProps) {
  const { t } = useTranslation();
  const { file_id: fileId, name } = file;
  const query = useQuery({
    // The address is signed anew with every look at the work; the file stays what it is.
    queryKey: ["work-text", fileId],
    // The next piece of work has texts of its own.
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: undefined,
    queryFn: async ({ signal }) => {
      const answer = await fetch(url, { signal });
      if (!answer.ok) throw new Error(answer.statusText);
      return answer.text();
    },
  });
  if (query.error) return <p className="muted">{t("speed.notShown")}</p>;
  if (query.data === undefined) return <Skeleton lines={6} />;
  if (notebook) return <NotebookView json={query.data} name={name} fileId={fileId} />;
  return <MarkedText text={plainLines(query.data)} fileId={fileId} label={name} />;
}
