import { useTranslation } from "react-i18next";
import { useId } from "../../../lib/address";
import { Page } from "../../../ui/page";
import { RubricList } from "../rubrics/rubric-list";

export default function RubricsPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("course.rubrics")}>
      <RubricList courseId={useId("courseId")} />
    </Page>
  );
}
