import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useId } from "../../../lib/address";
import { Button } from "../../../ui/button";
import { Page } from "../../../ui/page";
import { QueryView } from "../../../ui/query-view";
import { ActionFailed } from "../../../ui/states";
import { Migrations } from "../rubrics/migrations";
import { RubricEditor } from "../rubrics/rubric-editor";
import { deleteRubric, type Rubric, rubricQuery } from "../rubrics/rubrics-api";

/** One rubric: its criteria, and how its assessments followed its changes. */
export default function RubricPage() {
  const courseId = useId("courseId");
  const query = useQuery(rubricQuery(useId("rubricId")));
  return (
    <QueryView query={query} page>
      {(rubric) => <RubricDetail key={rubric.version} courseId={courseId} rubric={rubric} />}
    </QueryView>
  );
}

function RubricDetail({ courseId, rubric }: { courseId: number; rubric: Rubric }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const back = () => navigate({ to: `/courses/${courseId}/grading` });
  const remove = useMutation({
    mutationFn: () => deleteRubric(rubric.rubric_id, rubric.version),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ["course", courseId, "rubrics"] });
      await back();
    },
  });
  return (
    <Page
      title={rubric.title}
      state={<span className="muted">{t("rubrics.version", { version: rubric.version })}</span>}
      actions={
        <Button kind="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
          {t("rubrics.delete")}
        </Button>
      }
    >
      <ActionFailed error={remove.error} />
      <RubricEditor courseId={courseId} rubric={rubric} onDone={back} />
      <Migrations rubricId={rubric.rubric_id} />
    </Page>
  );
}
