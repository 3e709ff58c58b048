import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useId } from "../../../lib/address";
import { Page } from "../../../ui/page";
import { RubricEditor } from "../rubrics/rubric-editor";

export default function RubricNewPage() {
  const { t } = useTranslation();
  const courseId = useId("courseId");
  const navigate = useNavigate();
  return (
    <Page title={t("rubrics.new")}>
      <RubricEditor
        courseId={courseId}
        onDone={() => navigate({ to: `/courses/${courseId}/grading` })}
      />
    </Page>
  );
}
