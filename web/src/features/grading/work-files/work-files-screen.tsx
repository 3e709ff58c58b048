import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Download, FolderDown, Upload } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "../../../lib/announce";
import { fileUrl } from "../../../lib/base";
import { itemsOf } from "../../../lib/query-client";
import { Badge } from "../../../ui/badge";
import { Button } from "../../../ui/button";
import { FileButton } from "../../../ui/file-button";
import { Page } from "../../../ui/page";
import { QueryView, ShowMore } from "../../../ui/query-view";
import { ActionFailed } from "../../../ui/states";
import { When } from "../../../ui/when";
import { assignmentQuery } from "../api";
import { FeedbackBadge } from "./feedback-state";
import {
  askForWork,
  downloadQuery,
  downloadsQuery,
  feedbackImportsQuery,
  type SubmissionDownload,
  sendFeedback,
} from "./work-files-api";

interface WorkFilesProps {
  courseId: number;
  assignmentId: number;
  mayGrade: boolean;
}

/** Grading away from here: all work as a ZIP, and feedback back as one. */
export function WorkFilesScreen({ courseId, assignmentId, mayGrade }: WorkFilesProps) {
  const { t } = useTranslation();
  const assignment = useQuery(assignmentQuery(assignmentId)).data;
  return (
    <Page title={t("workFiles.title")} state={<span className="muted">{assignment?.title}</span>}>
      <Downloads assignmentId={assignmentId} anonymous={assignment?.anonymous ?? false} />
      {mayGrade && <Imports courseId={courseId} assignmentId={assignmentId} />}
    </Page>
  );
}

function Downloads({ assignmentId, anonymous }: { assignmentId: number; anonymous: boolean }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const options = downloadsQuery(assignmentId);
  const query = useInfiniteQuery(options);
  const ask = useMutation({
    mutationFn: () => askForWork(assignmentId),
    onSuccess: async () => {
      announce(t("workFiles.download.asked"));
      await queryClient.invalidateQueries({ queryKey: options.queryKey });
    },
  });
  return (
    <section className="panel stack" aria-labelledby="downloads">
      <h2 id="downloads">{t("workFiles.download.title")}</h2>
      <p>{t("workFiles.download.help")}</p>
      {anonymous && <p className="notice">{t("workFiles.download.anonymous")}</p>}
      <div>
        <Button
          kind="primary"
          icon={<FolderDown size={16} aria-hidden />}
          busy={ask.isPending}
          onClick={() => ask.mutate()}
        >
          {t("workFiles.download.ask")}
        </Button>
      </div>
      <ActionFailed error={ask.error} />
      <QueryView query={query} lines={2}>
        {(data) => (
          <ul className="rows">
            {itemsOf(data).map((one) => (
              <DownloadLine key={one.submission_download_id} listed={one} />
            ))}
          </ul>
        )}
      </QueryView>
      <ShowMore query={query} />
    </section>
  );
}

function DownloadLine({ listed }: { listed: SubmissionDownload }) {
  const { t } = useTranslation();
  const options = downloadQuery(listed.assignment_id, listed.submission_download_id);
  // An address is asked for when somebody wants it: that is written down.
  const watched = useQuery({ ...options, enabled: listed.state === "waiting" });
  const one = watched.data ?? listed;
  const fetchParts = useMutation({
    mutationFn: async () =>
      one.files ? one : ((await watched.refetch({ throwOnError: true })).data ?? one),
  });
  const parts = fetchParts.data?.files ?? one.files;
  const state = one.stopped ? "stopped" : one.state;
  return (
    <li className="stack-tight" style={{ paddingBlock: 8 }}>
      <div className="row">
        <span className="grow">
          {t("workFiles.download.holds", { work: one.submissions, files: one.file_count })}
          {one.left_out > 0 && ` · ${t("workFiles.download.leftOut", { count: one.left_out })}`}
          <br />
          <span className="small muted">
            {one.created_by_name} · <When at={one.created_at} relative />
          </span>
        </span>
        <Badge tone={one.stopped ? "bad" : one.state === "ready" ? "good" : "plain"}>
          {t(`workFiles.download.state.${state}`)}
        </Badge>
        {one.state === "ready" && !parts && (
          <Button busy={fetchParts.isPending} onClick={() => fetchParts.mutate()}>
            {t("workFiles.download.fetch")}
          </Button>
        )}
      </div>
      {state === "waiting" && (
        <progress className="progress" aria-label={t("workFiles.download.state.waiting")} />
      )}
      <ActionFailed error={fetchParts.error} />
      {parts && (
        <ul className="rows">
          {parts.map((file) => (
            <li key={file.file_id}>
              <a className="rows-link" href={fileUrl(file.url)} download={file.name}>
                <Download size={16} aria-hidden />
                <span className="grow">{file.name}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function Imports({ courseId, assignmentId }: { courseId: number; assignmentId: number }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const options = feedbackImportsQuery(assignmentId);
  const query = useInfiniteQuery(options);
  const [fraction, setFraction] = useState(0);
  const base = `/courses/${courseId}/assignments/${assignmentId}/files`;
  const send = useMutation({
    mutationFn: (file: File) => sendFeedback(assignmentId, file, setFraction),
    onSuccess: async (made) => {
      await queryClient.invalidateQueries({ queryKey: options.queryKey });
      await navigate({ to: `${base}/${made.feedback_import_id}` });
    },
  });
  return (
    <section className="panel stack" aria-labelledby="imports">
      <h2 id="imports">{t("workFiles.feedback.title")}</h2>
      <p>{t("workFiles.feedback.help")}</p>
      <div className="row">
        <FileButton
          accept=".zip,application/zip"
          disabled={send.isPending}
          onFile={(file) => send.mutate(file)}
        >
          <Upload size={16} aria-hidden />
          {t(send.isPending ? "workFiles.feedback.sending" : "workFiles.feedback.choose")}
        </FileButton>
        {send.isPending && (
          <progress
            className="progress grow"
            aria-label={t("workFiles.feedback.sending")}
            value={fraction}
            max={1}
          />
        )}
      </div>
      <ActionFailed error={send.error} />
      <QueryView query={query} lines={2}>
        {(data) => (
          <ul className="rows">
            {itemsOf(data).map((one) => (
              <li key={one.feedback_import_id}>
                <Link className="rows-link" to={`${base}/${one.feedback_import_id}`}>
                  <span className="grow">
                    <strong>{one.file_name}</strong>
                    <br />
                    <span className="small muted">
                      {one.created_by_name} · <When at={one.created_at} relative />
                    </span>
                  </span>
                  <FeedbackBadge state={one.state} />
                </Link>
              </li>
            ))}
          </ul>
        )}
      </QueryView>
      <ShowMore query={query} />
    </section>
  );
}
