import { Download } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatBytes } from "../../../lib/numbers";
import { Avatar } from "../../../ui/badge";
import { When } from "../../../ui/when";
import type { Submission } from "../api";

/** What was handed in, as it was, and what was said about it. */
export function SubmissionView({ submission }: { submission: Submission }) {
  return (
    <div className="stack">
      <Work submission={submission} />
      <Comments submission={submission} />
    </div>
  );
}

function Work({ submission }: { submission: Submission }) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <>
      {submission.body_text && <p className="prose">{submission.body_text}</p>}
      {submission.url && (
        <p>
          <a href={submission.url} target="_blank" rel="noopener noreferrer nofollow" dir="ltr">
            {submission.url}
          </a>
        </p>
      )}
      {submission.files.length > 0 && (
        <ul className="rows">
          {submission.files.map((file) => (
            <li key={file.file_id}>
              <a className="rows-link" href={file.url} download={file.name}>
                <Download size={16} aria-hidden />
                <span className="grow">{file.name}</span>
                <span className="small muted">{formatBytes(file.size_bytes, locale)}</span>
                <span className="visually-hidden">{t("grading.download")}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Comments({ submission }: { submission: Submission }) {
  const { t } = useTranslation();
  const comments = submission.comments ?? [];
  if (comments.length === 0) return null;
  return (
    <section className="stack" aria-label={t("grading.comments")}>
      <h3>{t("grading.comments")}</h3>
      <ul className="stack">
        {comments.map((comment) => (
          <li key={comment.comment_id} className="row" style={{ alignItems: "flex-start" }}>
            <Avatar name={comment.author_name} />
            <div className="grow">
              <strong>{comment.author_name}</strong>{" "}
              <span className="small muted">
                <When at={comment.created_at} relative />
              </span>
              <p className="prose">{comment.text}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
