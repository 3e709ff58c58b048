import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFilters, useId } from "../../../lib/address";
import { itemsOf } from "../../../lib/query-client";
import { SelectField } from "../../../ui/field";
import { Page } from "../../../ui/page";
import { QueryView, ShowMore } from "../../../ui/query-view";
import { Empty } from "../../../ui/states";
import { assignmentQuery, submissionRowsQuery } from "../api";
import { GradeOne } from "../components/grade-one";
import { SubmissionRows } from "../components/submission-rows";

/** The grader's desk: who handed in, and one of them open beside the list. */
export default function SubmissionsPage() {
  const { t } = useTranslation();
  const assignmentId = useId("assignmentId");
  const [{ state, learner }, setFilters] = useFilters();
  const assignment = useQuery(assignmentQuery(assignmentId)).data;
  const query = useInfiniteQuery(submissionRowsQuery(assignmentId, state === "to_grade"));

  return (
    <Page title={assignment?.title ?? t("course.submissions")}>
      <search className="toolbar">
        <SelectField
          label={t("grading.filter.state")}
          value={state ?? ""}
          onChange={(event) => setFilters({ state: event.target.value })}
          choices={["", "to_grade"].map((value) => ({
            value,
            label: t(`grading.filter.${value || "all"}`),
          }))}
        />
      </search>
      <QueryView query={query}>
        {(data) => {
          const rows = itemsOf(data);
          const open = rows.findIndex((row) => String(row.user_id) === learner);
          const row = rows[open];
          if (rows.length === 0) {
            return (
              <Empty title={t(state ? "common.noMatch" : "grading.empty.submissions")}>
                {t("grading.empty.submissionsHelp")}
              </Empty>
            );
          }
          return (
            <div className={row ? "desk" : undefined}>
              <SubmissionRows rows={rows} open={learner} />
              {row && assignment && (
                <GradeOne
                  key={row.user_id}
                  assignment={assignment}
                  row={row}
                  next={rows[open + 1]}
                  previous={rows[open - 1]}
                  onGo={(userId) => setFilters({ learner: String(userId) })}
                />
              )}
            </div>
          );
        }}
      </QueryView>
      <ShowMore query={query} />
    </Page>
  );
}
