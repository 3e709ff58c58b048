import { Download } from "lucide-react";
import { useTranslation } from "react-i18next";
import { fileUrl } from "../../../lib/base";
import { useLocale } from "../../../lib/i18n";
import { formatBytes } from "../../../lib/numbers";
import type { Submission } from "../api";

/** What was handed in, as it was. */
export function SubmissionView({ submission }: { submission: Submission }) {
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
              <a className="rows-link" href={fileUrl(file.url)} download={file.name}>
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
