import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { type AssignmentInput, createAssignment } from "../../features/grading/api";
import { AssignmentForm } from "../../features/grading/components/assignment-form";
import { useId } from "../../lib/address";
import { useCourseStanding } from "../../lib/course-standing";
import { Page } from "../../ui/page";

export default function AssignmentNewPage() {
  const { t } = useTranslation();
  const courseId = useId("courseId");
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { zone } = useCourseStanding();
  const created = useRef<number>(undefined);

  async function save(input: AssignmentInput, publish: boolean) {
    const status = publish ? "published" : "draft";
    const assignment = await createAssignment(courseId, { ...input, status });
    created.current = assignment.assignment_id;
    await queryClient.invalidateQueries({ queryKey: ["course", courseId, "assignments"] });
    return assignment;
  }

  return (
    <Page title={t("grading.newAssignment")}>
      <AssignmentForm
        courseId={courseId}
        zone={zone}
        onSave={save}
        onDone={() =>
          void navigate({ to: `/courses/${courseId}/assignments/${created.current ?? ""}` })
        }
      />
    </Page>
  );
}
