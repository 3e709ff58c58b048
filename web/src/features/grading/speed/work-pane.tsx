import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { fileUrl } from "../../../lib/base";
import { useLocale } from "../../../lib/i18n";
import { formatBytes } from "../../../lib/numbers";
import { When } from "../../../ui/when";
import type { Submission, SubmittedFile } from "../api";
import { MadeBy } from "../group-work/group-notice";
import { LabelBadge } from "../policy/label-badge";

const MOST_TEXT_BYTES = 1_000_000;
const textNames =
  /\.(txt|md|py|java|c|h|cpp|hpp|cs|jsx?|tsx?|json|ipynb|html?|css|sql|r|m|rb|go|rs|sh|csv|tsv|xml|ya?ml|tex|log)$/i;

/** An attempt as it is read: text with numbered lines, pictures and PDF in place, the rest to fetch. */
export function WorkPane({ submission }: { submission: Submission }) {
  const { t } = useTranslation();
  return (
    <article className="stack" aria-label={t("grading.attempt", { number: submission.attempt })}>
      <p className="small muted row">
        {t("grading.attempt", { number: submission.attempt })}
        <When at={submission.submitted_at} />
        {submission.late && <LabelBadge kind="late" assignmentId={submission.assignment_id} />}
      </p>
      <MadeBy submission={submission} />
      {submission.body_text && <NumberedText text={submission.body_text} prose />}
      {submission.url && (
        <p>
          <a href={submission.url} target="_blank" rel="noopener noreferrer nofollow" dir="ltr">
            {submission.url}
          </a>
        </p>
      )}
      {submission.files.map((file) => (
        <FilePane key={file.file_id} file={file} />
      ))}
    </article>
  );
}

function FilePane({ file }: { file: SubmittedFile }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const url = fileUrl(file.url);
  const isText =
    file.size_bytes <= MOST_TEXT_BYTES &&
    (file.content_type === "text/plain" || textNames.test(file.name));
  return (
    <figure className="work-file">
      <figcaption className="row-between">
        <a href={url} download={file.name}>
          {file.name}
        </a>
        <span className="small muted">{formatBytes(file.size_bytes, locale)}</span>
      </figcaption>
      {/^image\/(png|jpeg|gif|webp)$/.test(file.content_type) && (
        <img src={url} alt={t("speed.picture", { name: file.name })} className="work-image" />
      )}
      {file.content_type === "application/pdf" && (
        <iframe src={url} title={file.name} className="work-frame" />
      )}
      {isText && <TextFile url={url} />}
    </figure>
  );
}

function TextFile({ url }: { url: string }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ["work-text", url],
    // The next piece of work has texts of its own.
    gcTime: 0,
    queryFn: async ({ signal }) => {
      const answer = await fetch(url, { signal });
      if (!answer.ok) throw new Error(answer.statusText);
      return answer.text();
    },
  });
  if (query.error) return <p className="muted">{t("speed.notShown")}</p>;
  return <NumberedText text={query.data ?? ""} />;
}

/** Numbers stand beside the lines, and are not copied with them. */
function NumberedText({ text, prose }: { text: string; prose?: boolean }) {
  const lines = text.split("\n");
  return (
    <ol className="work-text" data-prose={prose || undefined} dir="auto">
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its number
        <li key={at} data-line={at + 1}>
          {line || "\u00a0"}
        </li>
      ))}
    </ol>
  );
}
