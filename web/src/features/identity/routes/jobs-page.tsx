import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFilters } from "../../../lib/address";
import { itemsOf } from "../../../lib/query-client";
import { Badge, type Tone } from "../../../ui/badge";
import { Button } from "../../../ui/button";
import { SelectField } from "../../../ui/field";
import { Page } from "../../../ui/page";
import { QueryView, ShowMore } from "../../../ui/query-view";
import { ActionFailed, Empty } from "../../../ui/states";
import { When } from "../../../ui/when";
import { cancelJob, type Job, type JobState, jobsQuery, replayJob } from "../admin-api";

const tones: Record<JobState, Tone> = {
  ready: "plain",
  running: "info",
  done: "good",
  dead: "bad",
  cancelled: "plain",
};

/** Background work: what runs, how far it is, what failed and can be tried again. */
export default function JobsPage() {
  const { t } = useTranslation();
  const [{ state }, setFilters] = useFilters();
  const query = useInfiniteQuery({ ...jobsQuery({ state }), refetchInterval: 3_000 });
  return (
    <Page title={t("nav.jobs")}>
      <search className="toolbar">
        <SelectField
          label={t("identity.jobs.state")}
          value={state ?? ""}
          onChange={(event) => setFilters({ state: event.target.value })}
          choices={[
            { value: "", label: t("identity.jobs.anyState") },
            ...Object.keys(tones).map((value) => ({
              value,
              label: t(`identity.jobs.states.${value}`),
            })),
          ]}
        />
      </search>
      <QueryView query={query} lines={5}>
        {(data) => {
          const jobs = itemsOf(data);
          if (jobs.length === 0) {
            return <Empty title={t("identity.jobs.empty")}>{t("identity.jobs.emptyHelp")}</Empty>;
          }
          return (
            <ul className="rows panel">
              {jobs.map((job) => (
                <li key={job.job_id} className="rows-link">
                  <JobLine job={job} />
                </li>
              ))}
            </ul>
          );
        }}
      </QueryView>
      <ShowMore query={query} />
    </Page>
  );
}

function JobLine({ job }: { job: Job }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const onSuccess = () => queryClient.invalidateQueries({ queryKey: ["jobs"] });
  const replay = useMutation({ mutationFn: () => replayJob(job.job_id), onSuccess });
  const cancel = useMutation({ mutationFn: () => cancelJob(job.job_id), onSuccess });
  const unfinished = job.state === "ready" || job.state === "running";
  return (
    <>
      <span className="grow stack-tight">
        <strong className="mono">{job.listener ?? job.kind}</strong>
        <span className="small muted">
          <When at={job.created_at} relative />
          {job.attempts > 1 && ` · ${t("identity.jobs.attempts", { count: job.attempts })}`}
        </span>
        {job.error && <span className="small mono">{job.error}</span>}
        {job.state === "running" && (
          <progress
            className="progress"
            aria-label={t("identity.jobs.progress", { kind: job.listener ?? job.kind })}
            max={job.total ?? undefined}
            value={job.total ? job.progress : undefined}
          />
        )}
        <ActionFailed error={replay.error ?? cancel.error} />
      </span>
      <Badge tone={tones[job.state] ?? "plain"}>{t(`identity.jobs.states.${job.state}`)}</Badge>
      {(job.state === "dead" || job.state === "cancelled") && (
        <Button busy={replay.isPending} onClick={() => replay.mutate()}>
          {t("identity.jobs.replay")}
        </Button>
      )}
      {unfinished && (
        <Button busy={cancel.isPending} onClick={() => cancel.mutate()}>
          {t("identity.jobs.cancel")}
        </Button>
      )}
    </>
  );
}
