import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldError } from "../../../lib/problem";
import { SelectField, TextField } from "../../../ui/field";
import { FormDialog } from "../../../ui/form-dialog";
import { createCourse, termsQuery } from "../api";

export function NewCourseDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const terms = useQuery(termsQuery).data ?? [];
  const [title, setTitle] = useState("");
  const [code, setCode] = useState("");
  const [termId, setTermId] = useState("");
  const mutation = useMutation({
    mutationFn: () =>
      createCourse({
        title: title.trim(),
        code: code.trim(),
        term_id: termId ? Number(termId) : null,
      }),
    onSuccess: async (course) => {
      await queryClient.invalidateQueries({ queryKey: ["courses"] });
      await navigate({ to: `/courses/${course.course_id}` });
    },
  });

  return (
    <FormDialog
      title={t("courses.new.title")}
      mutation={mutation}
      save={t("courses.new.create")}
      onClose={onClose}
    >
      <TextField
        label={t("courses.field.title")}
        required
        value={title}
        error={fieldError(mutation.error, "title")}
        onChange={(event) => setTitle(event.target.value)}
      />
      <TextField
        label={t("courses.field.code")}
        required
        help={t("courses.field.codeHelp")}
        value={code}
        error={fieldError(mutation.error, "code")}
        onChange={(event) => setCode(event.target.value)}
      />
      <SelectField
        label={t("courses.field.term")}
        value={termId}
        onChange={(event) => setTermId(event.target.value)}
        choices={[
          { value: "", label: t("courses.field.noTerm") },
          ...terms.map((term) => ({ value: String(term.term_id), label: term.name })),
        ]}
      />
      <p className="muted small">{t("courses.new.help")}</p>
    </FormDialog>
  );
}
