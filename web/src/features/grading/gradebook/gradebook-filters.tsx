import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useFilters } from "../../../lib/address";
import { SelectField } from "../../../ui/field";
import { SearchField } from "../../../ui/search-field";
import { flag, type GradebookStudent, type ViewFilters } from "../grades-api";
import type { GradebookModel } from "./gradebook-model";

/** A section of the course, to look at it alone. */
export interface SectionName {
  section_id: number;
  name: string;
}

/** Which learners and assignments the filters in the address leave. */
export function useShown(model: GradebookModel, revision: number) {
  const [{ search = "", group_id, section_id, state, order }] = useFilters();
  const { students: known } = model;
  // Who has such a cell, and the order, are decided when they are asked for: nobody may vanish or
  // move from under the hand that is just grading them.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const picked = useMemo(
    () => pick(model, { group_id, state, order }),
    [model, known, group_id, state, order],
  );
  // The revision stands for the model's content, which changes in place.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  return useMemo(() => {
    const students = narrow(picked, search, Number(section_id));
    const assignments = group_id
      ? model.assignments.filter((a) => a.group_id === Number(group_id))
      : model.assignments;
    return { students, assignments };
  }, [model, revision, picked, search, group_id, section_id]);
}

/** The learners that filters leave, as a saved view holds them. */
export function shownBy(model: GradebookModel, filters: ViewFilters): GradebookStudent[] {
  const { search, section_id, group_id, state } = filters;
  const picked = pick(model, { group_id: String(group_id ?? ""), state: state ?? undefined });
  return narrow(picked, search ?? "", section_id ?? 0);
}

function narrow(students: GradebookStudent[], search: string, sectionId: number) {
  const wanted = search.toLocaleLowerCase();
  return students.filter(
    (student) =>
      student.name.toLocaleLowerCase().includes(wanted) &&
      (!sectionId || student.section_ids.includes(sectionId)),
  );
}

interface Picking {
  group_id?: string;
  state?: string;
  order?: string;
}

/** Learners with a cell of that state among the columns of the group, in that order. */
export function pick(model: GradebookModel, { group_id, state, order }: Picking) {
  const columns = model.assignments.filter((a) => !group_id || a.group_id === Number(group_id));
  const isSo = state ? states[state] : undefined;
  const students = model.students.filter(
    ({ user_id }) =>
      !isSo || columns.some((column) => isSo(model.cell(user_id, column.assignment_id))),
  );
  if (order !== "highest" && order !== "lowest") return students;
  const sign = order === "highest" ? -1 : 1;
  const total = (id: number) => model.row(id)?.t.current ?? Number.POSITIVE_INFINITY * sign;
  // Equal ones, and those without a total, stay by name.
  return students.toSorted((one, other) => {
    const [a, b] = [total(one.user_id), total(other.user_id)];
    return a === b ? 0 : (a - b) * sign;
  });
}

type CellData = ReturnType<GradebookModel["cell"]>;

const states: Record<string, (cell: CellData) => boolean> = {
  missing: ({ flags, excused }) => !excused && (flags & flag.missing) !== 0,
  late: ({ flags }) => (flags & flag.late) !== 0,
  ungraded: ({ flags }) => (flags & flag.needsGrading) !== 0,
  resubmitted: ({ flags }) => (flags & flag.resubmitted) !== 0,
  hidden: ({ flags, score }) => score !== null && (flags & flag.posted) === 0,
};

interface FiltersProps {
  groups: GradebookModel["groups"];
  sections: SectionName[];
}

export function Filters({ groups, sections }: FiltersProps) {
  const { t } = useTranslation();
  const [{ search, group_id, section_id, state, order }, setFilters] = useFilters();
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
      <SelectField
        label={t("grading.show.label")}
        value={state ?? ""}
        onChange={(event) => setFilters({ state: event.target.value })}
        choices={[
          { value: "", label: t("grading.show.everybody") },
          ...Object.keys(states).map((one) => ({ value: one, label: t(`grading.show.${one}`) })),
        ]}
      />
      <SelectField
        label={t("grading.order.label")}
        value={order ?? ""}
        onChange={(event) => setFilters({ order: event.target.value })}
        choices={["", "highest", "lowest"].map((value) => ({
          value,
          label: t(`grading.order.${value || "name"}`),
        }))}
      />
    </search>
  );
}
