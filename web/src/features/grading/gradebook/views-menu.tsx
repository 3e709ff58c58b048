import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Bookmark } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFilters } from "../../../lib/address";
import { fieldError } from "../../../lib/problem";
import { CheckField, TextField } from "../../../ui/field";
import { FormDialog } from "../../../ui/form-dialog";
import { Menu, MenuItem } from "../../../ui/menu";
import {
  deleteGradebookView,
  type GradebookView,
  gradebookViewsQuery,
  saveGradebookView,
  type ViewFilters,
} from "../grades-api";

const names = [
  "search",
  "section_id",
  "group_id",
  "state",
  "order",
  "formula",
  "formula_title",
] as const;

type Filters = Record<string, string | undefined>;

/** Filters saved under a name: one's own, and those that other graders of the course share. */
export function ViewsMenu({ courseId }: { courseId: number }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [filters, setFilters] = useFilters();
  const [saving, setSaving] = useState(false);
  const { data: views = [] } = useQuery(gradebookViewsQuery(courseId));
  const refresh = () => queryClient.invalidateQueries(gradebookViewsQuery(courseId));
  const remove = useMutation({
    mutationFn: (name: string) => deleteGradebookView(courseId, name),
    onSettled: refresh,
  });
  const shown = views.find((view) => isShown(view, filters));
  return (
    <>
      <Menu
        label={t("grading.views.label")}
        trigger={
          <>
            <Bookmark size={16} aria-hidden /> {shown?.name ?? t("grading.views.label")}
          </>
        }
      >
        {views.map((view) => (
          <MenuItem
            key={`${view.owner_id}:${view.name}`}
            onSelect={() => setFilters(addressOf(view.filters))}
          >
            {view.mine
              ? view.name
              : t("grading.views.of", { name: view.name, owner: view.owner_name })}
          </MenuItem>
        ))}
        <MenuItem onSelect={() => setSaving(true)}>{t("grading.views.save")}</MenuItem>
        {shown?.mine && (
          <MenuItem onSelect={() => remove.mutate(shown.name)}>
            {t("grading.views.remove", { name: shown.name })}
          </MenuItem>
        )}
      </Menu>
      {saving && (
        <SaveView
          courseId={courseId}
          view={shown}
          filters={filters}
          onSaved={refresh}
          onClose={() => setSaving(false)}
        />
      )}
    </>
  );
}

interface SaveViewProps {
  courseId: number;
  view: GradebookView | undefined;
  filters: Filters;
  onSaved: () => Promise<void>;
  onClose: () => void;
}

function SaveView({ courseId, view, filters, onSaved, onClose }: SaveViewProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(view?.mine ? view.name : "");
  const [shared, setShared] = useState(view?.mine ? view.shared : false);
  const mutation = useMutation({
    mutationFn: async () => {
      await saveGradebookView(courseId, name.trim(), { filters: saved(filters), shared });
      await onSaved();
    },
    onSuccess: onClose,
  });
  return (
    <FormDialog
      title={t("grading.views.saveTitle")}
      mutation={mutation}
      disabled={!name.trim()}
      onClose={onClose}
    >
      <TextField
        label={t("grading.views.name")}
        help={t("grading.views.nameHelp")}
        required
        maxLength={100}
        value={name}
        error={fieldError(mutation.error, "name")}
        onChange={(event) => setName(event.target.value)}
      />
      <CheckField
        label={t("grading.views.shared")}
        checked={shared}
        onChange={(event) => setShared(event.target.checked)}
      />
    </FormDialog>
  );
}

/** What stands in the address for a view; what it leaves out is taken out. */
function addressOf(filters: ViewFilters): Filters {
  return Object.fromEntries(
    names.map((name) => [name, filters[name] === null ? undefined : String(filters[name])]),
  );
}

function isShown(view: GradebookView, filters: Filters): boolean {
  const wanted = addressOf(view.filters);
  return names.every((name) => (wanted[name] ?? "") === (filters[name] ?? ""));
}

function saved(filters: Filters): ViewFilters {
  return {
    search: filters.search || null,
    section_id: filters.section_id ? Number(filters.section_id) : null,
    group_id: filters.group_id ? Number(filters.group_id) : null,
    state: (filters.state || null) as ViewFilters["state"],
    order: (filters.order || null) as ViewFilters["order"],
    formula: filters.formula || null,
    formula_title: filters.formula_title || null,
  };
}
