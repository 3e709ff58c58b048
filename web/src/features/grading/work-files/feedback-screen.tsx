import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFilters } from "../../../lib/address";
import { announce } from "../../../lib/announce";
import { itemsOf } from "../../../lib/query-client";
import { Button } from "../../../ui/button";
import { CheckField, SelectField } from "../../../ui/field";
import { Page } from "../../../ui/page";
import { QueryView, ShowMore } from "../../../ui/query-view";
import { ActionFailed } from "../../../ui/states";
import { Table } from "../../../ui/table";
import { FeedbackBadge } from "./feedback-state";
import {
  applyFeedback,
  type FeedbackImport,
  type FeedbackKind,
  feedbackFilesQuery,
  feedbackImportQuery,
  feedbackKinds,
  inDoubt,
  isRunning,
  takeFeedbackBack,
} from "./work-files-api";

/** One ZIP of feedback: what was recognised in it, attaching that, and taking it back. */
export function FeedbackScreen({ assignmentId, id }: { assignmentId: number; id: number }) {
  const query = useQuery(feedbackImportQuery(assignmentId, id));
  return (
    <QueryView query={query} page>
      {(one) => (
        <Page title={one.file_name} state={<FeedbackBadge state={one.state} />}>
          <Words one={one} />
          {!["planning", "refused", "expired"].includes(one.state) && (
            <>
              <Actions one={one} />
              <Files one={one} />
            </>
          )}
        </Page>
      )}
    </QueryView>
  );
}

const tones: Partial<Record<string, string>> = { refused: "bad", applied: "good" };

function Words({ one }: { one: FeedbackImport }) {
  const { t } = useTranslation();
  const running = isRunning(one);
  const before = useRef(one.state);
  const words = [
    one.stopped && t("workFiles.feedback.stopped"),
    t(`workFiles.feedback.words.${one.state}`, { ...one.summary }),
    one.refusal,
    running && t("common.mayLeave"),
  ];
  const text = words.filter(Boolean).join(" ");
  useEffect(() => {
    if (before.current !== one.state) announce(text);
    before.current = one.state;
  }, [one.state, text]);
  const { stored, recognised } = one.summary;
  return (
    <div className="notice" data-tone={one.stopped ? "bad" : tones[one.state]}>
      <span className="grow">{text}</span>
      {running && (
        <progress
          className="progress"
          aria-label={t(`workFiles.feedback.state.${one.state}`)}
          value={one.state === "applying" ? stored : undefined}
          max={one.state === "applying" ? recognised : undefined}
        />
      )}
    </div>
  );
}

function Actions({ one }: { one: FeedbackImport }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { queryKey } = feedbackImportQuery(one.assignment_id, one.feedback_import_id);
  const [leaveOut, setLeaveOut] = useState(false);
  const onSettled = () => queryClient.invalidateQueries({ queryKey });
  const apply = useMutation({
    mutationFn: () => applyFeedback(one.assignment_id, one.feedback_import_id, leaveOut),
    onSettled,
  });
  const takeBack = useMutation({
    mutationFn: () => takeFeedbackBack(one.assignment_id, one.feedback_import_id),
    onSettled,
  });
  const doubtful = inDoubt(one);
  return (
    <div className="stack">
      {one.state === "planned" && one.summary.recognised > 0 && (
        <>
          {doubtful > 0 && (
            <CheckField
              label={t("workFiles.feedback.leaveOut", { count: doubtful })}
              checked={leaveOut}
              onChange={(event) => setLeaveOut(event.target.checked)}
            />
          )}
          <div>
            <Button kind="primary" busy={apply.isPending} onClick={() => apply.mutate()}>
              {t("workFiles.feedback.apply", { count: one.summary.recognised })}
            </Button>
          </div>
        </>
      )}
      {one.state === "applied" && (
        <div>
          <Button busy={takeBack.isPending} onClick={() => takeBack.mutate()}>
            {t("workFiles.feedback.takeBack")}
          </Button>
        </div>
      )}
      <ActionFailed error={apply.error ?? takeBack.error} />
    </div>
  );
}

function Files({ one }: { one: FeedbackImport }) {
  const { t } = useTranslation();
  const [{ kind: wanted }, setFilters] = useFilters();
  const kind = feedbackKinds.find((known) => known === wanted) ?? firstKind(one);
  const query = useInfiniteQuery(
    feedbackFilesQuery(one.assignment_id, one.feedback_import_id, kind),
  );
  const columns = ["learner", "file", "why"] as const;
  return (
    <section className="stack" aria-labelledby="feedback-files">
      <div className="row-between">
        <h2 id="feedback-files">{t("workFiles.feedback.files")}</h2>
        <SelectField
          label={t("workFiles.feedback.show")}
          value={kind}
          onChange={(event) => setFilters({ kind: event.target.value })}
          choices={feedbackKinds.map((value) => ({
            value,
            label: t(`workFiles.feedback.kind.${value}`, { count: one.summary[value] }),
          }))}
        />
      </div>
      <p className="muted">{t(`workFiles.feedback.kindHelp.${kind}`)}</p>
      <QueryView query={query} lines={3}>
        {(data) => {
          const rows = itemsOf(data);
          if (rows.length === 0) {
            return <p className="muted">{t("workFiles.feedback.noFiles")}</p>;
          }
          return (
            <Table
              columns={columns
                .filter((column) => column !== "why" || rows.some((row) => row.reason))
                .map((column) => t(`workFiles.feedback.column.${column}`))}
            >
              {rows.map((row) => (
                <tr key={row.row_no}>
                  <td>{row.learner ?? "–"}</td>
                  <td dir="auto">{row.learner ? row.name : row.path}</td>
                  {rows.some((other) => other.reason) && <td>{row.reason}</td>}
                </tr>
              ))}
            </Table>
          );
        }}
      </QueryView>
      <ShowMore query={query} />
    </section>
  );
}

/** What somebody has to decide about is looked at first. */
function firstKind({ summary }: FeedbackImport): FeedbackKind {
  const doubtful = (["unknown", "duplicate", "wrong_type"] as const).find(
    (kind) => summary[kind] > 0,
  );
  return doubtful ?? (summary.recognised > 0 ? "recognised" : "standing");
}
