import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "../../../../lib/announce";
import { Button } from "../../../../ui/button";
import { SelectField } from "../../../../ui/field";
import { Page } from "../../../../ui/page";
import { QueryView } from "../../../../ui/query-view";
import { ActionFailed } from "../../../../ui/states";
import {
  applyGrades,
  type GradebookImport,
  gradebookImportQuery,
  isRunning,
  reverseGrades,
} from "../../imports-api";
import { useImportChoice } from "./import-choice";
import { ImportRows } from "./import-rows";
import { GradebookImportBadge } from "./import-state";

/** One file of grades: what it would change, what is to be decided, and taking it back. */
export function ImportScreen({ courseId, importId }: { courseId: number; importId: number }) {
  const query = useQuery(gradebookImportQuery(courseId, importId));
  return (
    <QueryView query={query} page>
      {(one) => (
        <Page title={one.file_name} state={<GradebookImportBadge state={one.state} />}>
          <Words one={one} />
          {one.state !== "planning" && one.state !== "refused" && <Comparison one={one} />}
        </Page>
      )}
    </QueryView>
  );
}

const tones: Partial<Record<string, string>> = {
  refused: "bad",
  outdated: "warn",
  applied: "good",
};

function Words({ one }: { one: GradebookImport }) {
  const { t } = useTranslation();
  const running = isRunning(one);
  const before = useRef(one.state);
  const words = [
    one.stopped && t("grading.files.stopped"),
    t(`grading.files.words.${one.state}`, { ...one.summary }),
    one.refusal,
    running && t("common.mayLeave"),
  ];
  const text = words.filter(Boolean).join(" ");
  useEffect(() => {
    if (before.current !== one.state) announce(text);
    before.current = one.state;
  }, [one.state, text]);
  return (
    <div className="notice" data-tone={one.stopped ? "bad" : tones[one.state]}>
      <span className="grow">{text}</span>
      {running && (
        <progress className="progress" aria-label={t(`grading.files.importState.${one.state}`)} />
      )}
    </div>
  );
}

function Comparison({ one }: { one: GradebookImport }) {
  const { t } = useTranslation();
  const choosing = useImportChoice(one);
  return (
    <>
      {one.state === "planned" && one.summary.conflict > 0 && (
        <SelectField
          label={t("grading.files.conflicts", { count: one.summary.conflict })}
          help={t("grading.files.conflictsHelp")}
          value={choosing.conflicts}
          onChange={(event) => choosing.decideConflicts(event.target.value as "keep" | "take")}
          choices={(["keep", "take"] as const).map((value) => ({
            value,
            label: t(`grading.files.conflictChoice.${value}`),
          }))}
        />
      )}
      <Actions one={one} choosing={choosing} />
      <ImportRows one={one} choosing={choosing} />
    </>
  );
}

function Actions({
  one,
  choosing,
}: {
  one: GradebookImport;
  choosing: ReturnType<typeof useImportChoice>;
}) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { queryKey } = gradebookImportQuery(one.course_id, one.gradebook_import_id);
  // The rows of the comparison say afterwards which were taken.
  const onSettled = () => queryClient.invalidateQueries({ queryKey });
  const apply = useMutation({
    mutationFn: () => applyGrades(one.course_id, one.gradebook_import_id, choosing.choice),
    onSettled,
  });
  const reverse = useMutation({
    mutationFn: () => reverseGrades(one.course_id, one.gradebook_import_id),
    onSettled,
  });
  return (
    <div className="stack">
      {one.state === "planned" && (
        <div>
          <Button
            kind="primary"
            disabled={choosing.count === 0}
            busy={apply.isPending}
            onClick={() => apply.mutate()}
          >
            {t("grading.files.apply", { count: choosing.count })}
          </Button>
        </div>
      )}
      {one.state === "applied" && (
        <div>
          <Button busy={reverse.isPending} onClick={() => reverse.mutate()}>
            {t("grading.files.reverse")}
          </Button>
        </div>
      )}
      <ActionFailed error={apply.error ?? reverse.error} />
    </div>
  );
}
