import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useFilters, useId } from "../../../lib/address";
import { useCourseStanding } from "../../../lib/course-standing";
import { itemsOf } from "../../../lib/query-client";
import { SelectField } from "../../../ui/field";
import { Page } from "../../../ui/page";
import { QueryView, ShowMore } from "../../../ui/query-view";
import { Empty } from "../../../ui/states";
import { assignmentQuery, submissionRowsQuery, submissionShown } from "../api";
import { GradeOne } from "../components/grade-one";
import { SubmissionRows } from "../components/submission-rows";

/** The grader's desk: who handed in, and one of them open beside the list. */
export default function SubmissionsPage() {
  const { t } = useTranslation();
  const courseId = useId("courseId");
  const assignmentId = useId("assignmentId");
  const { may } = useCourseStanding();
  const [{ state, learner }, setFilters] = useFilters();
  const assignment = useQuery(assignmentQuery(assignmentId)).data;
  const shown = submissionShown.find((one) => one === state) ?? "everybody";
  const query = useInfiniteQuery(submissionRowsQuery(assignmentId, shown));

  return (
    <Page
      title={assignment?.title ?? t("course.submissions")}
      actions={
        <>
          <Link className="button" to={`/courses/${courseId}/assignments/${assignmentId}/files`}>
            {t("workFiles.title")}
          </Link>
          {may("grade.record") &&
            assignment?.submission_types.includes("questions") &&
            !assignment.several_markers && (
              <Link
                className="button"
                to={`/courses/${courseId}/assignments/${assignmentId}/by-question`}
              >
                {t("byQuestion.open")}
              </Link>
            )}
          {may("grade.record") && (
            <Link
              className="button"
              data-kind="primary"
              to={`/courses/${courseId}/assignments/${assignmentId}/grade`}
            >
              {t("speed.open")}
            </Link>
          )}
        </>
      }
    >
      <search className="toolbar">
        <SelectField
          label={t("grading.filter.state")}
          value={shown}
          onChange={(event) => setFilters({ state: event.target.value })}
          choices={submissionShown.map((value) => ({
            value,
            label: t(`grading.filter.${value}`),
          }))}
        />
      </search>
      {assignment?.anonymous && <p className="notice">{t("marking.anonymous.desk")}</p>}
      <QueryView query={query}>
        {(data) => {
          const rows = itemsOf(data);
          const open = rows.findIndex((row) => String(row.user_id) === learner);
          const row = rows[open];
          if (rows.length === 0) {
            return (
              <Empty title={t(`grading.empty.${shown}`)}>
                {shown !== "everybody" && t("grading.empty.submissionsHelp")}
              </Empty>
            );
          }
          return (
            <div className={row ? "desk" : undefined}>
              <SubmissionRows
                rows={rows}
                open={learner}
                groups={assignment !== undefined && assignment.group_set_id !== null}
              />
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
