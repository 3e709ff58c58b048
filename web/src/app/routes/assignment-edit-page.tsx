import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { sectionsQuery } from "../../features/courses/api";
import {
  type AssignmentInput,
  assignmentQuery,
  saveAssignment,
  setAssignmentStatus,
} from "../../features/grading/api";
import { AssignmentForm } from "../../features/grading/components/assignment-form";
import { DateExceptions } from "../../features/grading/components/date-exceptions";
import { DeleteAssignment } from "../../features/grading/components/delete-assignment";
import { SimilaritySettings } from "../../features/grading/similarity/similarity-settings";
import { useId } from "../../lib/address";
import { useCourseStanding } from "../../lib/course-standing";
import { Page } from "../../ui/page";
import { QueryView } from "../../ui/query-view";

export default function AssignmentEditPage() {
  const { t } = useTranslation();
  const courseId = useId("courseId");
  const assignmentId = useId("assignmentId");
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { zone } = useCourseStanding();
  const query = useQuery(assignmentQuery(assignmentId));
  const sections = useQuery(sectionsQuery(courseId)).data ?? [];

  async function save(input: AssignmentInput, publish: boolean, version: number) {
    let saved = await saveAssignment(assignmentId, { ...input, version });
    if (publish) saved = await setAssignmentStatus(assignmentId, "published", saved.version);
    await queryClient.invalidateQueries({ queryKey: ["assignment", assignmentId] });
    await queryClient.invalidateQueries({ queryKey: ["course", courseId, "assignments"] });
    return saved;
  }

  return (
    <Page title={t("grading.editAssignment")}>
      <QueryView query={query}>
        {(assignment) => (
          <>
            <AssignmentForm
              key={assignment.assignment_id}
              courseId={courseId}
              zone={zone}
              assignment={assignment}
              onSave={save}
              onDone={() =>
                void navigate({ to: `/courses/${courseId}/assignments/${assignmentId}` })
              }
            />
            <DateExceptions
              assignmentId={assignmentId}
              courseId={courseId}
              zone={zone}
              sections={sections}
            />
            <SimilaritySettings
              assignmentId={assignmentId}
              base={`/courses/${courseId}/assignments/${assignmentId}`}
            />
            <DeleteAssignment assignment={assignment} />
          </>
        )}
      </QueryView>
    </Page>
  );
}
