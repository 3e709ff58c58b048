import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFilters, useId } from "../../../lib/address";
import { useCourseStanding } from "../../../lib/course-standing";
import { itemsOf } from "../../../lib/query-client";
import { Button } from "../../../ui/button";
import { SelectField } from "../../../ui/field";
import { Page } from "../../../ui/page";
import { QueryView, ShowMore } from "../../../ui/query-view";
import { SearchField } from "../../../ui/search-field";
import { Empty } from "../../../ui/states";
import { courseRoles, enrollmentsQuery, sectionsQuery } from "../api";
import { AddPersonDialog } from "../components/add-person-dialog";
import { EnrollmentTable } from "../components/enrollment-table";

export default function PeoplePage() {
  const { t } = useTranslation();
  const courseId = useId("courseId");
  const [adding, setAdding] = useState(false);
  const [{ search, role, section_id }, setFilters] = useFilters();
  const sections = useQuery(sectionsQuery(courseId)).data ?? [];
  const query = useInfiniteQuery(enrollmentsQuery(courseId, { search, role, section_id }));
  const { may } = useCourseStanding();
  const staff = may("roster.manage");

  return (
    <Page
      title={t("course.people")}
      actions={
        staff && (
          <Button kind="primary" icon={<UserPlus size={16} />} onClick={() => setAdding(true)}>
            {t("courses.people.add")}
          </Button>
        )
      }
    >
      <search className="toolbar">
        <SearchField
          label={t("courses.people.search")}
          value={search ?? ""}
          onSearch={(text) => setFilters({ search: text })}
        />
        <SelectField
          label={t("courses.people.role")}
          value={role ?? ""}
          onChange={(event) => setFilters({ role: event.target.value })}
          choices={[
            { value: "", label: t("courses.people.anyRole") },
            ...courseRoles.map((value) => ({ value, label: t(`role.${value}`) })),
          ]}
        />
        {sections.length > 1 && (
          <SelectField
            label={t("courses.people.section")}
            value={section_id ?? ""}
            onChange={(event) => setFilters({ section_id: event.target.value })}
            choices={[
              { value: "", label: t("courses.people.anySection") },
              ...sections.map((s) => ({ value: String(s.section_id), label: s.name })),
            ]}
          />
        )}
      </search>
      <QueryView query={query}>
        {(data) => {
          const rows = itemsOf(data);
          if (rows.length > 0) {
            return <EnrollmentTable courseId={courseId} rows={rows} staff={staff} />;
          }
          const filtered = Boolean(search || role || section_id);
          return (
            <Empty title={t(filtered ? "common.noMatch" : "courses.people.empty")}>
              {t("courses.people.emptyHelp")}
            </Empty>
          );
        }}
      </QueryView>
      <ShowMore query={query} />
      {adding && (
        <AddPersonDialog courseId={courseId} sections={sections} onClose={() => setAdding(false)} />
      )}
    </Page>
  );
}
