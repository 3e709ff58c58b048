import { useTranslation } from "react-i18next";
import { Page } from "../../../../ui/page";
import { ExportForm } from "./export-form";
import { ExportList } from "./export-list";

interface ExportsScreenProps {
  courseId: number;
  sections: { section_id: number; name: string }[];
}

/** Grades as files: for a spreadsheet, a program, or the student information system. */
export function ExportsScreen({ courseId, sections }: ExportsScreenProps) {
  const { t } = useTranslation();
  return (
    <Page title={t("grading.files.export")}>
      <section className="panel">
        <ExportForm courseId={courseId} sections={sections} />
      </section>
      <ExportList courseId={courseId} />
    </Page>
  );
}
