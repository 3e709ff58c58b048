import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useId } from "../../../lib/address";
import { useCourseStanding } from "../../../lib/course-standing";
import { Page } from "../../../ui/page";
import { QueryView } from "../../../ui/query-view";
import { Empty } from "../../../ui/states";
import { assignmentGroupsQuery, assignmentsQuery } from "../api";
import { AssignmentList } from "../components/assignment-list";

export default function AssignmentsPage() {
  const { t } = useTranslation();
  const courseId = useId("courseId");
  const { may, zone } = useCourseStanding();
  const staff = may("assignment.read_drafts");
  const groups = useQuery(assignmentGroupsQuery(courseId)).data ?? [];
  const query = useQuery(assignmentsQuery(courseId));
  const create = may("assignment.manage") && (
    <Link className="button" data-kind="primary" to={`/courses/${courseId}/assignments/new`}>
      <Plus size={16} aria-hidden /> {t("grading.newAssignment")}
    </Link>
  );
  return (
    <Page title={t("course.assignments")} actions={create}>
      <QueryView query={query}>
        {(assignments) =>
          assignments.length === 0 ? (
            <Empty title={t("grading.empty.assignments")}>
              {t(staff ? "grading.empty.assignmentsStaff" : "grading.empty.assignmentsLearner")}
            </Empty>
          ) : (
            <AssignmentList assignments={assignments} groups={groups} zone={zone} staff={staff} />
          )
        }
      </QueryView>
    </Page>
  );
}
