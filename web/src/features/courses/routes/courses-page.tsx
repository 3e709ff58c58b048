import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { canCreateCourses, canSeeAllCourses } from "../../../lib/access";
import { useFilters } from "../../../lib/address";
import { itemsOf } from "../../../lib/query-client";
import { useSession } from "../../../lib/session";
import { Button } from "../../../ui/button";
import { SelectField } from "../../../ui/field";
import { Page } from "../../../ui/page";
import { QueryView, ShowMore } from "../../../ui/query-view";
import { SearchField } from "../../../ui/search-field";
import { Empty } from "../../../ui/states";
import { coursesQuery, termsQuery } from "../api";
import { CourseList } from "../components/course-list";
import { NewCourseDialog } from "../components/new-course-dialog";

export default function CoursesPage() {
  const { t } = useTranslation();
  const session = useSession();
  const [creating, setCreating] = useState(false);
  const [filters, setFilters] = useFilters();
  const seesAll = canSeeAllCourses(session);
  const creates = canCreateCourses(session);
  const { search, term_id, status, scope } = filters;
  const mine = seesAll && scope === "all" ? undefined : "true";
  const query = useInfiniteQuery(coursesQuery({ search, term_id, status, mine }));
  const filtered = Boolean(search || term_id || status);

  return (
    <Page
      title={t("nav.courses")}
      actions={
        creates && (
          <Button kind="primary" icon={<Plus size={16} />} onClick={() => setCreating(true)}>
            {t("courses.new.action")}
          </Button>
        )
      }
    >
      <Filters filters={filters} onChange={setFilters} seesAll={seesAll} />
      <QueryView query={query}>
        {(data) => {
          const courses = itemsOf(data);
          if (courses.length > 0) return <CourseList courses={courses} />;
          return (
            <Empty title={t(filtered ? "common.noMatch" : "courses.empty.title")}>
              {t(creates ? "courses.empty.staff" : "courses.empty.learner")}
            </Empty>
          );
        }}
      </QueryView>
      <ShowMore query={query} />
      {creating && <NewCourseDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}

interface FiltersProps {
  filters: Record<string, string | undefined>;
  onChange: (change: Record<string, string | undefined>) => void;
  seesAll: boolean;
}

function Filters({ filters, onChange, seesAll }: FiltersProps) {
  const { t } = useTranslation();
  const terms = useQuery(termsQuery).data ?? [];
  return (
    <search className="toolbar">
      <SearchField
        label={t("courses.filter.search")}
        value={filters.search ?? ""}
        onSearch={(search) => onChange({ search })}
      />
      <SelectField
        label={t("courses.filter.term")}
        value={filters.term_id ?? ""}
        onChange={(event) => onChange({ term_id: event.target.value })}
        choices={[
          { value: "", label: t("courses.filter.anyTerm") },
          ...terms.map((term) => ({ value: String(term.term_id), label: term.name })),
        ]}
      />
      <SelectField
        label={t("courses.filter.status")}
        value={filters.status ?? ""}
        onChange={(event) => onChange({ status: event.target.value })}
        choices={[
          { value: "", label: t("courses.filter.anyStatus") },
          ...["draft", "published", "concluded"].map((value) => ({
            value,
            label: t(`courses.status.${value}`),
          })),
        ]}
      />
      {seesAll && (
        <SelectField
          label={t("courses.filter.scope")}
          value={filters.scope ?? ""}
          onChange={(event) => onChange({ scope: event.target.value })}
          choices={[
            { value: "", label: t("courses.filter.mine") },
            { value: "all", label: t("courses.filter.all") },
          ]}
        />
      )}
    </search>
  );
}
