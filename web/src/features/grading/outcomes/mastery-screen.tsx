import "./outcomes.css";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFilters } from "../../../lib/address";
import { SelectField } from "../../../ui/field";
import { Page } from "../../../ui/page";
import { QueryView, ShowMore } from "../../../ui/query-view";
import { SearchField } from "../../../ui/search-field";
import { Empty } from "../../../ui/states";
import { Tray } from "../../../ui/tray";
import { MasteryGrid } from "./mastery-grid";
import {
  courseMasteryQuery,
  type MasteryRow,
  masteryQuery,
  masterySummaryQuery,
  type OutcomeSummary,
} from "./outcomes-api";
import { StandingView } from "./standing-view";

interface MasteryScreenProps {
  courseId: number;
  sections: readonly { section_id: number; name: string }[];
}

/** The mastery gradebook of a course. */
export function MasteryScreen({ courseId, sections }: MasteryScreenProps) {
  const { t } = useTranslation();
  const [{ section, name }, setFilters] = useFilters();
  const summary = useQuery(masterySummaryQuery(courseId, section));
  const rows = useInfiniteQuery(masteryQuery(courseId, { section, name }));
  const [open, setOpen] = useState<{ row: MasteryRow; outcome: OutcomeSummary }>();
  const onOpen = useCallback(
    (row: MasteryRow, outcome: OutcomeSummary) => setOpen({ row, outcome }),
    [],
  );
  return (
    <Page title={t("course.mastery")} full>
      <div className="row">
        <SearchField
          label={t("outcomes.grid.search")}
          value={name ?? ""}
          onSearch={(text) => setFilters({ name: text })}
        />
        {sections.length > 1 && (
          <SelectField
            label={t("outcomes.grid.section")}
            choices={[
              { value: "", label: t("outcomes.grid.everySection") },
              ...sections.map((one) => ({ value: String(one.section_id), label: one.name })),
            ]}
            value={section ?? ""}
            onChange={(event) => setFilters({ section: event.target.value })}
          />
        )}
      </div>
      <QueryView query={summary}>
        {(course) => (
          <>
            {course.refolding && (
              <p className="notice" role="status">
                {t("outcomes.grid.refolding")}
              </p>
            )}
            {course.outcomes.length === 0 ? (
              <Empty title={t("outcomes.empty")}>{t("outcomes.emptyHelp")}</Empty>
            ) : (
              <QueryView query={rows}>
                {(data) => {
                  const all = data.pages.flatMap((page) => page.items);
                  return all.length === 0 ? (
                    <Empty title={t("common.noMatch")} />
                  ) : (
                    <>
                      <p className="small muted">{t("outcomes.grid.help")}</p>
                      <MasteryGrid
                        outcomes={course.outcomes}
                        rows={all}
                        learnerCount={course.learner_count}
                        onOpen={onOpen}
                      />
                      <ShowMore query={rows} />
                    </>
                  );
                }}
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
          />
        </Tray>
      )}
    </Page>
  );
}

interface ExplainedProps {
  courseId: number;
  userId: number;
  outcomeId: number;
}

function Explained({ courseId, userId, outcomeId }: ExplainedProps) {
  const query = useQuery(courseMasteryQuery(courseId, userId));
  return (
    <QueryView query={query}>
      {({ outcomes }) => {
        const standing = outcomes.find((one) => one.outcome_id === outcomeId);
        return standing ? <StandingView standing={standing} /> : null;
      }}
    </QueryView>
  );
}
