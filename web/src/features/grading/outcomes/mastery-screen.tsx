import "./outcomes.css";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { History } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFilters } from "../../../lib/address";
import { itemsOf } from "../../../lib/query-client";
import { Button } from "../../../ui/button";
import { Page } from "../../../ui/page";
import { QueryView, ShowMore } from "../../../ui/query-view";
import { Empty } from "../../../ui/states";
import { Tray } from "../../../ui/tray";
import { AsOfBar } from "../gradebook/as-of-bar";
import { MasteryFilters, type SectionName } from "./mastery-filters";
import { MasteryGrid } from "./mastery-grid";
import {
  courseMasteryQuery,
  type MasteryFilter,
  type MasteryRow,
  masteryQuery,
  masterySummaryQuery,
  type OutcomeSummary,
} from "./outcomes-api";
import { StandingView } from "./standing-view";

interface MasteryScreenProps {
  courseId: number;
  sections: readonly SectionName[];
}

/** The mastery gradebook of a course, as it is or as it was at an instant. */
export function MasteryScreen(props: MasteryScreenProps) {
  const [{ as_of }] = useFilters();
  const asOf = as_of && !Number.isNaN(Date.parse(as_of)) ? as_of : undefined;
  // Another instant may have other outcomes: nothing of this one's rows may stand below them.
  return <MasteryAt key={asOf} {...props} asOf={asOf} />;
}

function MasteryAt({ courseId, sections, asOf }: MasteryScreenProps & { asOf?: string }) {
  const { t } = useTranslation();
  const [{ section, name, not_mastered }, setFilters] = useFilters();
  const filter = { as_of: asOf, section, name, not_mastered };
  const summary = useQuery(masterySummaryQuery(courseId, filter));
  const rows = useMasteryRows(courseId, filter, summary.data?.refolding);
  const [open, setOpen] = useState<{ row: MasteryRow; outcome: OutcomeSummary }>();
  const outcomes = summary.data?.outcomes ?? [];
  const learnerCount = summary.data?.learner_count ?? 0;
  return (
    <Page
      title={t("course.mastery")}
      full
      state={
        <span className="muted">
          {rows.query.hasNextPage
            ? t("outcomes.grid.first", { here: rows.all.length, count: learnerCount })
            : t("grading.learners", { count: rows.all.length })}
        </span>
      }
      actions={
        !asOf && (
          <Button
            kind="quiet"
            icon={<History size={16} />}
            onClick={() => setFilters({ as_of: new Date().toISOString() })}
          >
            {t("grading.asOf.open")}
          </Button>
        )
      }
    >
      {asOf && <AsOfBar title={t("outcomes.grid.asItWas")} />}
      <MasteryFilters sections={sections} outcomes={outcomes} />
      <QueryView query={summary} lines={8}>
        {(course) => (
          <>
            {course.refolding && !asOf && (
              <p className="notice" role="status">
                {t("outcomes.grid.refolding")}
              </p>
            )}
            {course.outcomes.length === 0 ? (
              <Empty title={t(asOf ? "outcomes.grid.noneThen" : "outcomes.empty")}>
                {!asOf && t("outcomes.emptyHelp")}
              </Empty>
            ) : (
              <QueryView query={rows.query} lines={8}>
                {() =>
                  rows.all.length === 0 && !rows.query.hasNextPage ? (
                    <Empty title={t("outcomes.grid.nobody")} />
                  ) : (
                    <>
                      <MasteryGrid
                        outcomes={course.outcomes}
                        rows={rows.all}
                        rowCount={rows.query.hasNextPage ? learnerCount : rows.all.length}
                        learnerCount={learnerCount}
                        onOpen={(row, outcome) => setOpen({ row, outcome })}
                      />
                      <p id="mastery-help" className="small muted">
                        {t("outcomes.grid.help")} {t("outcomes.grid.hint")}
                        {asOf && ` ${t("outcomes.grid.limits")}`}
                      </p>
                      {rows.query.isFetchNextPageError && <ShowMore query={rows.query} />}
                    </>
                  )
                }
              </QueryView>
            )}
          </>
        )}
      </QueryView>
      {open && (
        <Tray
          title={t("outcomes.grid.of", { name: open.row.name, code: open.outcome.code })}
          onClose={() => setOpen(undefined)}
        >
          <Explained
            courseId={courseId}
            userId={open.row.user_id}
            outcomeId={open.outcome.outcome_id}
            asOf={asOf}
          />
        </Tray>
      )}
    </Page>
  );
}

/** The rows of a class: they come until all are here, and again once they were worked out anew. */
function useMasteryRows(courseId: number, filter: MasteryFilter, refolding: boolean | undefined) {
  const query = useInfiniteQuery(masteryQuery(courseId, filter));
  const { data, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = query;
  // After each page anew, also when it was here before anything could be drawn.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (hasNextPage && !isFetching && !isFetchNextPageError) void fetchNextPage();
  }, [data, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage]);

  const queryClient = useQueryClient();
  const wasRefolding = useRef(false);
  useEffect(() => {
    if (wasRefolding.current && refolding === false) {
      void queryClient.invalidateQueries({ queryKey: ["course", courseId, "mastery", "rows"] });
    }
    wasRefolding.current = refolding === true;
  }, [refolding, courseId, queryClient]);

  return { query, all: useMemo(() => itemsOf(data), [data]) };
}

interface ExplainedProps {
  courseId: number;
  userId: number;
  outcomeId: number;
  asOf: string | undefined;
}

function Explained({ courseId, userId, outcomeId, asOf }: ExplainedProps) {
  const query = useQuery(courseMasteryQuery(courseId, userId, asOf));
  return (
    <QueryView query={query}>
      {({ outcomes }) => {
        const standing = outcomes.find((one) => one.outcome_id === outcomeId);
        return standing ? <StandingView standing={standing} /> : null;
      }}
    </QueryView>
  );
}
