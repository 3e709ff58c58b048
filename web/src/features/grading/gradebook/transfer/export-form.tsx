import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "../../../../lib/announce";
import { Button } from "../../../../ui/button";
import { SelectField, TextField } from "../../../../ui/field";
import { Form } from "../../../../ui/form";
import {
  createExport,
  type ExportFormat,
  exportFormats,
  exportsQuery,
  takesOneTotal,
} from "../../exports-api";

interface ExportFormProps {
  courseId: number;
  sections: { section_id: number; name: string }[];
}

/** What to write, and of whom. */
export function ExportForm({ courseId, sections }: ExportFormProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [format, setFormat] = useState<ExportFormat>("xlsx");
  const [sectionId, setSectionId] = useState("");
  const [total, setTotal] = useState<"current" | "final">("final");
  const [storeCode, setStoreCode] = useState("");
  const mutation = useMutation({
    mutationFn: () =>
      createExport(courseId, {
        format,
        section_ids: sectionId ? [Number(sectionId)] : undefined,
        total: takesOneTotal(format) || format === "oneroster" ? total : undefined,
        store_code: (format === "powerschool" && storeCode.trim()) || undefined,
      }),
    onSuccess: async () => {
      announce(t("grading.files.asked"));
      await queryClient.invalidateQueries({ queryKey: exportsQuery(courseId).queryKey });
    },
  });
  return (
    <Form error={mutation.error} onSubmit={() => !mutation.isPending && mutation.mutate()}>
      <SelectField
        label={t("grading.files.format")}
        help={t(`grading.files.about.${format}`)}
        value={format}
        onChange={(event) => setFormat(event.target.value as ExportFormat)}
        choices={exportFormats.map((value) => ({ value, label: t(`grading.files.as.${value}`) }))}
      />
      {sections.length > 1 && (
        <SelectField
          label={t("grading.section")}
          value={sectionId}
          onChange={(event) => setSectionId(event.target.value)}
          choices={[
            { value: "", label: t("grading.allSections") },
            ...sections.map((one) => ({ value: String(one.section_id), label: one.name })),
          ]}
        />
      )}
      {(takesOneTotal(format) || format === "oneroster") && (
        <SelectField
          label={t("grading.files.total")}
          value={total}
          onChange={(event) => setTotal(event.target.value as "current" | "final")}
          choices={(["final", "current"] as const).map((value) => ({
            value,
            label: t(`grading.files.totals.${value}`),
          }))}
        />
      )}
      {format === "powerschool" && (
        <TextField
          label={t("grading.files.storeCode")}
          help={t("grading.files.storeCodeHelp")}
          value={storeCode}
          onChange={(event) => setStoreCode(event.target.value)}
        />
      )}
      <div>
        <Button kind="primary" type="submit" busy={mutation.isPending}>
          {t("grading.files.make")}
        </Button>
      </div>
    </Form>
  );
}
