import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useFilters } from "../../../lib/address";
import { SelectField } from "../../../ui/field";
import { SearchField } from "../../../ui/search-field";
import type { GradebookModel } from "./gradebook-model";

/** A section of the course, to look at it alone. */
export interface SectionName {
  section_id: number;
  name: string;
}

/** Which learners and assignments the filters in the address leave. */
export function useShown(model: GradebookModel, revision: number) {
  const [{ search = "", group_id, section_id }] = useFilters();
  // The revision stands for the model's content, which changes in place.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  return useMemo(() => {
    const wanted = search.toLocaleLowerCase();
    const students = model.students.filter(
      (student) =>
        student.name.toLocaleLowerCase().includes(wanted) &&
        (!section_id || student.section_ids.includes(Number(section_id))),
    );
    const assignments = group_id
      ? model.assignments.filter((a) => a.group_id === Number(group_id))
      : model.assignments;
    return { students, assignments };
  }, [model, revision, search, group_id, section_id]);
}

interface FiltersProps {
  groups: GradebookModel["groups"];
  sections: SectionName[];
}

export function Filters({ groups, sections }: FiltersProps) {
  const { t } = useTranslation();
  const [{ search, group_id, section_id }, setFilters] = useFilters();
  return (
    <search className="toolbar">
      <SearchField
        label={t("grading.findLearner")}
        value={search ?? ""}
        onSearch={(text) => setFilters({ search: text })}
      />
      {(sections.length > 1 || section_id) && (
        <SelectField
          label={t("grading.section")}
          value={section_id ?? ""}
          onChange={(event) => setFilters({ section_id: event.target.value })}
          choices={[
            { value: "", label: t("grading.allSections") },
            ...sections.map((one) => ({ value: String(one.section_id), label: one.name })),
          ]}
        />
      )}
      {groups.length > 1 && (
        <SelectField
          label={t("grading.group")}
          value={group_id ?? ""}
          onChange={(event) => setFilters({ group_id: event.target.value })}
          choices={[
            { value: "", label: t("grading.allGroups") },
            ...groups.map((group) => ({ value: String(group.group_id), label: group.name })),
          ]}
        />
      )}
    </search>
  );
}
