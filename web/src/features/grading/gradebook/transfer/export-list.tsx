import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { fileUrl } from "../../../../lib/base";
import { itemsOf } from "../../../../lib/query-client";
import { Badge, type Tone } from "../../../../ui/badge";
import { QueryView, ShowMore } from "../../../../ui/query-view";
import { When } from "../../../../ui/when";
import { exportQuery, exportsQuery, type GradebookExport, hasFailed } from "../../exports-api";

const tones: Record<string, Tone> = { waiting: "info", ready: "good", failed: "bad" };

/** Who took which grades, newest first, with what can still be fetched. */
export function ExportList({ courseId }: { courseId: number }) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(exportsQuery(courseId));
  return (
    <section className="panel stack" aria-labelledby="exports">
      <h2 id="exports">{t("grading.files.made")}</h2>
      <QueryView query={query} lines={3}>
        {(data) => {
          const items = itemsOf(data);
          if (items.length === 0) return <p className="muted">{t("grading.files.none")}</p>;
          return (
            <ul className="rows">
              {items.map((one) => (
                <li key={one.gradebook_export_id}>
                  <ExportRow one={one} />
                </li>
              ))}
            </ul>
          );
        }}
      </QueryView>
      <ShowMore query={query} />
    </section>
  );
}

function ExportRow({ one: listed }: { one: GradebookExport }) {
  const { t } = useTranslation();
  // What is over stays as it is; anything else is looked at by itself, for its progress or its address.
  const looked = useQuery({
    ...exportQuery(listed.course_id, listed.gradebook_export_id),
    enabled: listed.state === "waiting",
  }).data;
  const one = looked ?? listed;
  const state = hasFailed(one) ? "failed" : one.state;
  return (
    <div className="row-between">
      <span className="grow">
        <strong>{t(`grading.files.as.${one.format}`)}</strong>
        <br />
        <span className="small muted">
          {one.created_by_name} · <When at={one.created_at} relative />
          {one.state === "ready" &&
            ` · ${t("grading.files.learners", { count: one.learners - one.left_out })}`}
          {one.left_out > 0 && ` · ${t("grading.files.leftOut", { count: one.left_out })}`}
        </span>
      </span>
      {state === "waiting" && <Progress one={one} />}
      <Badge tone={tones[state] ?? "plain"}>{t(`grading.files.state.${state}`)}</Badge>
      {one.state === "ready" && <Fetch one={one} />}
    </div>
  );
}

function Progress({ one }: { one: GradebookExport }) {
  const { t } = useTranslation();
  return (
    <progress
      className="progress"
      aria-label={t("grading.files.state.waiting")}
      max={one.job?.total ?? undefined}
      value={one.job?.total ? one.job.progress : undefined}
    />
  );
}

/** Whoever has an address has the file: it is asked for when it is wanted, and that is written down. */
function Fetch({ one }: { one: GradebookExport }) {
  const { t } = useTranslation();
  const query = useQuery({
    ...exportQuery(one.course_id, one.gradebook_export_id),
    enabled: false,
  });
  const label = t("grading.files.fetch", {
    format: t(`grading.files.as.${one.format}`),
  });
  return (
    <button
      type="button"
      className="button"
      aria-label={label}
      onClick={async () => {
        const file = (await query.refetch()).data?.file;
        if (file) window.location.assign(fileUrl(file.url));
      }}
    >
      {t("grading.files.download")}
    </button>
  );
}
