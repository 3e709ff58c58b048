import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { Combobox } from "../../../ui/combobox";
import { SelectField } from "../../../ui/field";
import { FormDialog } from "../../../ui/form-dialog";
import { toast } from "../../../ui/toast";
import { courseRoles, enroll, peopleSearchQuery, type Section } from "../api";

interface AddPersonDialogProps {
  courseId: number;
  sections: Section[];
  onClose: () => void;
}

export function AddPersonDialog({ courseId, sections, onClose }: AddPersonDialogProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [text, setText] = useState("");
  const [picked, setPicked] = useState<number>();
  const [role, setRole] = useState("learner");
  const [sectionId, setSectionId] = useState(String(sections[0]?.section_id ?? ""));
  const search = useDeferredValue(picked ? "" : text.trim());
  const hits = useQuery(peopleSearchQuery(search)).data ?? [];

  const mutation = useMutation({
    mutationFn: () =>
      enroll(courseId, {
        ...(picked ? { user_id: picked } : { email: text.trim() }),
        role,
        section_id: sectionId ? Number(sectionId) : undefined,
      }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ["course", courseId, "enrollments"] });
      toast(t("courses.people.added", { name: text }));
      onClose();
    },
  });

  return (
    <FormDialog
      title={t("courses.people.add")}
      mutation={mutation}
      save={t("courses.people.addAction")}
      onClose={onClose}
    >
      <Combobox
        label={t("courses.people.who")}
        help={t("courses.people.whoHelp")}
        text={text}
        options={hits.map((hit) => ({
          value: String(hit.user_id),
          label: hit.name,
          hint: hit.email ?? "",
        }))}
        onText={(next) => {
          setText(next);
          setPicked(undefined);
        }}
        onPick={(option) => {
          setText(option.label);
          setPicked(Number(option.value));
        }}
      />
      <SelectField
        label={t("courses.people.role")}
        value={role}
        onChange={(event) => setRole(event.target.value)}
        choices={courseRoles.map((value) => ({ value, label: t(`role.${value}`) }))}
      />
      {sections.length > 0 && (
        <SelectField
          label={t("courses.people.section")}
          value={sectionId}
          onChange={(event) => setSectionId(event.target.value)}
          choices={sections.map((s) => ({ value: String(s.section_id), label: s.name }))}
        />
      )}
    </FormDialog>
  );
}
