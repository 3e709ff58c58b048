import { useNavigate } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFilters } from "../../../lib/address";
import { announce } from "../../../lib/announce";
import { useTimeZone } from "../../../lib/session";
import { SelectField } from "../../../ui/field";
import { Page } from "../../../ui/page";
import { QueryView } from "../../../ui/query-view";
import { SearchField } from "../../../ui/search-field";
import { Empty } from "../../../ui/states";
import { CellTray } from "./cell-tray";
import { ColumnMenu } from "./column-menu";
import { ConflictDialog } from "./conflict-dialog";
import { ExplainTray } from "./explain-tray";
import { GradebookGrid, type Opened } from "./gradebook-grid";
import type { GradebookModel } from "./gradebook-model";
import { FilesMenu } from "./transfer/files-menu";
import { type Cell, useGradebook } from "./use-gradebook";

interface GradebookScreenProps {
  courseId: number;
  /** The course's sections by name, to look at one of them alone. */
  sections: { section_id: number; name: string }[];
}

/** The gradebook of one course: filters, the grid, and what slides in from its end. */
export function GradebookScreen({ courseId, sections }: GradebookScreenProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const zone = useTimeZone();
  const [opened, setOpened] = useState<Opened>();
  const [conflict, setConflict] = useState<Cell>();
  const book = useGradebook(courseId, {
    onRemote: (cells) => announce(t("grading.grid.remote", { count: cells.length })),
    onSaved: () => announce(t("grading.grid.saved")),
    onFailed: (_, reason) => announce(t("grading.grid.failed", { reason })),
    onConflict: setConflict,
  });
  const { model, revision, save } = book;
  useUnsavedGuard(model.unsaved > 0);
  const shown = useShown(model, revision);

  function open(next: Opened) {
    const base = `/courses/${courseId}`;
    if (next.kind === "learner") void navigate({ to: `${base}/grades/${next.userId}` });
    else setOpened(next);
  }

  return (
    <Page
      full
      title={t("course.gradebook")}
      state={
        <span className="muted">
          {t("grading.learners", { count: shown.students.length })}
          {model.unsaved > 0 && ` · ${t("grading.unsaved", { count: model.unsaved })}`}
        </span>
      }
      actions={<FilesMenu courseId={courseId} />}
    >
      <Filters groups={model.groups} sections={sections} />
      <QueryView query={book.query} lines={8}>
        {(data) =>
          !data.students?.length || !data.assignments?.length ? (
            <Empty
              title={t(
                data.students?.length ? "grading.empty.assignments" : "grading.empty.learners",
              )}
            >
              {t("grading.empty.gradebookHelp")}
            </Empty>
          ) : (
            <>
              <p id="gb-help" className="visually-hidden">
                {t("grading.grid.help")}
              </p>
              {model.refolding && (
                <p className="notice" role="status">
                  {t("grading.refolding")}
                </p>
              )}
              <GradebookGrid
                model={model}
                revision={revision}
                students={shown.students}
                assignments={shown.assignments}
                zone={zone}
                onEnter={(userId, assignmentId, entry, version) =>
                  void save({ userId, assignmentId }, entry, version)
                }
                onOpen={open}
              />
              <p className="small muted">{t("grading.grid.hint")}</p>
            </>
          )
        }
      </QueryView>
      {opened?.kind === "tray" && (
        <CellTray
          key={`${opened.userId}:${opened.assignmentId}`}
          courseId={courseId}
          cell={opened}
          model={model}
          onSave={save}
          onConflict={setConflict}
          onClose={() => setOpened(undefined)}
        />
      )}
      {opened?.kind === "explain" && (
        <ExplainTray
          courseId={courseId}
          userId={opened.userId}
          model={model}
          onClose={() => setOpened(undefined)}
        />
      )}
      {opened?.kind === "assignment" && (
        <ColumnMenu
          key={opened.assignmentId}
          courseId={courseId}
          assignmentId={opened.assignmentId}
          model={model}
          sections={sections}
          onClose={() => setOpened(undefined)}
        />
      )}
      {conflict && (
        <ConflictDialog
          cell={conflict}
          model={model}
          onSave={save}
          onRefresh={book.refresh}
          onClose={() => setConflict(undefined)}
        />
      )}
    </Page>
  );
}

function useShown(model: GradebookModel, revision: number) {
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
  sections: GradebookScreenProps["sections"];
}

function Filters({ groups, sections }: FiltersProps) {
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

/** Leaving with a value the server has not taken asks first. */
function useUnsavedGuard(unsaved: boolean) {
  useEffect(() => {
    if (!unsaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [unsaved]);
}
