import { Download } from "lucide-react";
import { useTranslation } from "react-i18next";
import { fileUrl } from "../../../lib/base";
import { useLocale } from "../../../lib/i18n";
import { formatBytes } from "../../../lib/numbers";
import type { SubmittedFile } from "../api";
import { VoicePlayer } from "../voice/voice-player";

interface RemarkFilesProps {
  files: SubmittedFile[];
  author: string | null;
}

/** What came with a remark; what was said aloud is played in its place. */
export function RemarkFiles({ files, author }: RemarkFilesProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (files.length === 0) return null;
  return (
    <ul className="rows">
      {files.map((file) => (
        <li key={file.file_id}>
          {file.content_type.startsWith("audio/") && (
            <VoicePlayer label={t("voice.by", { name: author ?? "" })} src={fileUrl(file.url)} />
          )}
          <a className="rows-link" href={fileUrl(file.url)} download={file.name}>
            <Download size={16} aria-hidden />
            <span className="grow">{file.name}</span>
            <span className="small muted">{formatBytes(file.size_bytes, locale)}</span>
            <span className="visually-hidden">{t("grading.download")}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
