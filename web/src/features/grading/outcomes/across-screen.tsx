import "./outcomes.css";
import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fileUrl } from "../../../lib/base";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { itemsOf } from "../../../lib/query-client";
import { Badge } from "../../../ui/badge";
import { Button } from "../../../ui/button";
import { Page } from "../../../ui/page";
import { QueryView, ShowMore } from "../../../ui/query-view";
import { ActionFailed, Empty } from "../../../ui/states";
import { Table } from "../../../ui/table";
import { Tray } from "../../../ui/tray";
import {
  type CourseStanding,
  createOutcomeExport,
  hasFailed,
  outcomeCoursesQuery,
  outcomeExportQuery,
  outcomeQuery,
  waitingLearnersQuery,
} from "./across-api";
import { LevelBar } from "./level-bar";
import { toneOf } from "./standing-view";

/** One outcome in all courses that work towards it. */
export function AcrossScreen({ outcomeId }: { outcomeId: number }) {
  const { t } = useTranslation();
  const outcome = useQuery(outcomeQuery(outcomeId)).data?.outcome;
  const query = useInfiniteQuery(outcomeCoursesQuery(outcomeId));
  const [open, setOpen] = useState<CourseStanding>();
  const columns = [
    t("outcomes.across.course"),
    t("outcomes.across.mastered"),
    t("outcomes.across.levels"),
    t("outcomes.across.waiting"),
  ];
  return (
    <Page
      title={outcome ? `${outcome.code} ${outcome.title}` : t("nav.outcomes")}
      actions={<ExportButton outcomeId={outcomeId} />}
    >
      <QueryView query={query}>
        {(data) => {
          const courses = itemsOf(data);
          return courses.length === 0 ? (
            <Empty title={t("outcomes.across.empty")} />
          ) : (
            <section className="panel stack" aria-label={t("outcomes.across.title")}>
              <Table columns={columns}>
                {courses.map((course) => (
                  <CourseLine
                    key={course.course_id}
                    course={course}
                    columns={columns}
                    onOpen={() => setOpen(course)}
                  />
                ))}
              </Table>
              <ShowMore query={query} />
            </section>
          );
        }}
      </QueryView>
      {open && (
        <Tray
          title={t("outcomes.across.waitingIn", { course: open.title })}
          onClose={() => setOpen(undefined)}
        >
          <Waiting course={open} />
        </Tray>
      )}
    </Page>
  );
}

interface CourseLineProps {
  course: CourseStanding;
  columns: string[];
  onOpen: () => void;
}

function CourseLine({ course, columns, onOpen }: CourseLineProps) {
  const { t } = useTranslation();
  const { scale } = course;
  const levels = course.levels ?? [];
  const mastered = levels.reduce(
    (sum, count, at) =>
      (scale.levels[at]?.points ?? 0) >= scale.mastery_points ? sum + count : sum,
    0,
  );
  const waiting = course.learner_count - mastered;
  return (
    <tr>
      <td data-label={columns[0]}>
        <span>
          <strong>{course.title}</strong>
          <br />
          <span className="small muted">
            {course.code} · {t("outcomes.across.version", { version: course.version })}
          </span>
        </span>
      </td>
      <td data-label={columns[1]} className="figures">
        {t("outcomes.grid.mastered", { mastered, count: course.learner_count })}
      </td>
      <td data-label={columns[2]} className="outcome-levels">
        <span>
          <LevelBar scale={scale} levels={levels} without={course.without_score} />
          <span className="small muted">
            {[
              ...scale.levels.map((level, at) => `${level.name}: ${levels[at] ?? 0}`),
              `${t("outcomes.noLevel")}: ${course.without_score}`,
            ].join(" · ")}
          </span>
        </span>
      </td>
      <td data-label={columns[3]}>
        {waiting > 0 && (
          <Button onClick={onOpen}>
            {t("outcomes.across.show", { count: waiting })}
            <span className="visually-hidden">
              {" "}
              {t("outcomes.across.waitingIn", { course: course.title })}
            </span>
          </Button>
        )}
      </td>
    </tr>
  );
}

function Waiting({ course }: { course: CourseStanding }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const query = useInfiniteQuery(waitingLearnersQuery(course.course_outcome_id));
  return (
    <QueryView query={query}>
      {(data) => (
        <>
          <ul className="rows">
            {itemsOf(data).map((learner) => (
              <li key={learner.user_id} className="rows-link">
                <span className="grow">{learner.name}</span>
                <Badge tone={toneOf(course.scale, learner.level)}>
                  {learner.level === null
                    ? t("outcomes.noLevel")
                    : course.scale.levels[learner.level - 1]?.name}
                </Badge>
                {learner.score !== null && (
                  <span className="figures">{formatNumber(learner.score, locale)}</span>
                )}
              </li>
            ))}
          </ul>
          <ShowMore query={query} />
        </>
      )}
    </QueryView>
  );
}

/** Asks for a file, waits for the job that makes it, and offers it. */
function ExportButton({ outcomeId }: { outcomeId: number }) {
  const { t } = useTranslation();
  const ask = useMutation({ mutationFn: () => createOutcomeExport(outcomeId) });
  const made = useQuery({
    ...outcomeExportQuery(outcomeId, ask.data?.outcome_export_id ?? 0),
    enabled: ask.data !== undefined,
  }).data;
  if (made?.file) {
    return (
      <a className="button" data-kind="primary" href={fileUrl(made.file.url)} download>
        <Download size={16} aria-hidden /> {t("outcomes.across.fetch")}
      </a>
    );
  }
  const failed = made !== undefined && hasFailed(made);
  return (
    <>
      <ActionFailed error={ask.error} />
      {failed && <span role="alert">{t("outcomes.across.failed")}</span>}
      <Button
        icon={<Download size={16} aria-hidden />}
        busy={ask.isPending || (ask.data !== undefined && !failed)}
        onClick={() => ask.mutate()}
      >
        {t("outcomes.across.export")}
      </Button>
    </>
  );
}
