import { useTranslation } from "react-i18next";
import { useFilters } from "../../../lib/address";
import { SelectField } from "../../../ui/field";
import { SearchField } from "../../../ui/search-field";
import type { OutcomeSummary } from "./outcomes-api";

export interface SectionName {
  section_id: number;
  name: string;
}

interface MasteryFiltersProps {
  sections: readonly SectionName[];
  outcomes: readonly OutcomeSummary[];
}

/** Whose lines are shown: by name, of a section, or of who has not mastered something yet. */
export function MasteryFilters({ sections, outcomes }: MasteryFiltersProps) {
  const { t } = useTranslation();
  const [{ section, name, not_mastered }, setFilters] = useFilters();
  return (
    <search className="toolbar">
      <SearchField
        label={t("outcomes.grid.search")}
        value={name ?? ""}
        onSearch={(text) => setFilters({ name: text })}
      />
      {(sections.length > 1 || section) && (
        <SelectField
          label={t("outcomes.grid.section")}
          choices={[
            { value: "", label: t("outcomes.grid.everySection") },
            ...sections.map((one) => ({ value: String(one.section_id), label: one.name })),
          ]}
          value={section ?? ""}
          onChange={(event) => setFilters({ section: event.target.value })}
        />
      )}
      <SelectField
        label={t("outcomes.grid.show")}
        choices={[
          { value: "", label: t("outcomes.grid.everybody") },
          { value: "any", label: t("outcomes.grid.notAny") },
          ...outcomes.map((one) => ({
            value: String(one.course_outcome_id),
            label: t("outcomes.grid.notOne", { code: one.code }),
          })),
        ]}
        value={not_mastered ?? ""}
        onChange={(event) => setFilters({ not_mastered: event.target.value })}
      />
    </search>
  );
}
