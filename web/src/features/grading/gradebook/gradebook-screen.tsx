import { useNavigate } from "@tanstack/react-router";
import { History, Mail, Sigma } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFilters } from "../../../lib/address";
import { announce } from "../../../lib/announce";
import { useTimeZone } from "../../../lib/session";
import { Button } from "../../../ui/button";
import { Page } from "../../../ui/page";
import { QueryView } from "../../../ui/query-view";
import { Empty } from "../../../ui/states";
import { RegradeList } from "../components/regrade";
import { BatchDialogs } from "./batch-dialogs";
import { CheckLine } from "./check-line";
import { EditMenu } from "./edit-menu";
import { FormulaDialog } from "./formula/formula-dialog";
import { useFormula } from "./formula/use-formula";
import { Filters, type SectionName, useShown } from "./gradebook-filters";
import { GradebookGrid, type Opened } from "./gradebook-grid";
import { GradebookTrays } from "./gradebook-trays";
import { useGridCommands } from "./grid-commands";
import { FIXED_COLUMNS } from "./grid-layout";
import type { Range } from "./grid-range";
import { useMessaging } from "./message/use-messaging";
import { NewsNotice } from "./news-notice";
import { PastGradebook } from "./past-gradebook";
import { GraderList } from "./presence/grader-list";
import { FilesMenu } from "./transfer/files-menu";
import { useBatch } from "./use-batch";
import { useColumnActions } from "./use-column-actions";
import { type Cell, useGradebook } from "./use-gradebook";
import { useLetters } from "./use-letters";
import { useUnsavedGuard } from "./use-unsaved-guard";
import { ViewsMenu } from "./views-menu";

interface GradebookScreenProps {
  courseId: number;
  /** The course's sections by name, to look at one of them alone. */
  sections: SectionName[];
}

/** The gradebook of one course, as it is or as it was at an instant. */
export function GradebookScreen(props: GradebookScreenProps) {
  const [{ as_of: asOf }] = useFilters();
  return asOf && !Number.isNaN(Date.parse(asOf)) ? (
    <PastGradebook {...props} asOf={asOf} />
  ) : (
    <LiveGradebook {...props} />
  );
}

/** Filters, the grid, and what slides in from its end. */
function LiveGradebook({ courseId, sections }: GradebookScreenProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [, setFilters] = useFilters();
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
  useLetters(courseId, model);
  useFormula(model);
  const [formula, setFormula] = useState(false);
  useUnsavedGuard(model.unsaved > 0);
  const shown = useShown(model, revision);
  const batch = useBatch(book);
  const messaging = useMessaging(book, shown.students);
  const commands = useGridCommands(book, batch, shown, (selected) => messaging.open({ selected }));
  const columns = useColumnActions(book, batch, (assignmentId) => messaging.open({ assignmentId }));
  const jump = useRef((_: Cell) => false);
  const selected = useRef<Range>({ top: 0, bottom: 0, start: FIXED_COLUMNS, end: FIXED_COLUMNS });

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
          {model.partial
            ? t("grading.firstLearners", { count: model.learnerCount, here: model.students.length })
            : t("grading.learners", { count: shown.students.length })}
          {model.unsaved > 0 && ` · ${t("grading.unsaved", { count: model.unsaved })}`}
        </span>
      }
      actions={
        <>
          <GraderList
            others={book.presence.others}
            students={model.students}
            assignments={model.assignments}
            onJump={(cell) => jump.current(cell) || announce(t("grading.news.filtered"))}
          />
          <EditMenu
            history={book.history}
            onCommand={(command) => commands.run(command, selected.current)}
          />
          <Button
            kind="quiet"
            icon={<History size={16} />}
            onClick={() => setFilters({ as_of: new Date().toISOString() })}
          >
            {t("grading.asOf.open")}
          </Button>
          <Button kind="quiet" icon={<Sigma size={16} />} onClick={() => setFormula(true)}>
            {t("grading.formula.open")}
          </Button>
          <Button kind="quiet" icon={<Mail size={16} />} onClick={() => messaging.open({})}>
            {t("message.open")}
          </Button>
          <ViewsMenu courseId={courseId} />
          <FilesMenu courseId={courseId} />
        </>
      }
    >
      <RegradeList courseId={courseId} />
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
              {model.partial && book.query.isError && (
                <Button onClick={() => void book.query.refetch()}>{t("action.tryAgain")}</Button>
              )}
              <p id="gb-help" className="visually-hidden">
                {t("grading.grid.help")}
              </p>
              <NewsNotice
                courseId={courseId}
                model={model}
                onJump={(cell) => jump.current(cell) || announce(t("grading.news.filtered"))}
              />
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
                onCommand={commands.run}
                onPaste={commands.paste}
                selected={selected}
                jump={jump}
                presence={book.presence}
              />
              <p className="small muted">{t("grading.grid.hint")}</p>
              <CheckLine courseId={courseId} />
            </>
          )
        }
      </QueryView>
      <GradebookTrays
        courseId={courseId}
        book={book}
        sections={sections}
        columnActions={columns.columnActions}
        onRestore={batch.restore}
        opened={opened}
        onClose={() => setOpened(undefined)}
        conflict={conflict}
        onConflict={setConflict}
      />
      <BatchDialogs batch={batch} model={model} />
      {columns.dialog}
      {formula && <FormulaDialog model={model} onClose={() => setFormula(false)} />}
      {messaging.dialog}
    </Page>
  );
}
