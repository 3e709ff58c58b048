import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { useTimeZone } from "../../../lib/session";
import { Page } from "../../../ui/page";
import { QueryView } from "../../../ui/query-view";
import { pastGradebookQuery } from "../grades-api";
import { AsOfBar } from "./as-of-bar";
import { Filters, type SectionName, useShown } from "./gradebook-filters";
import { GradebookGrid } from "./gradebook-grid";
import { GradebookModel } from "./gradebook-model";
import { FIXED_COLUMNS } from "./grid-layout";
import type { Range } from "./grid-range";

interface PastGradebookProps {
  courseId: number;
  sections: SectionName[];
  asOf: string;
}

/** The gradebook as it was at an instant: looked at and copied from, not changed. */
export function PastGradebook({ courseId, sections, asOf }: PastGradebookProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const zone = useTimeZone();
  const query = useQuery(pastGradebookQuery(courseId, asOf));
  const [model] = useState(() => new GradebookModel());
  useEffect(() => {
    if (query.data) model.load(query.data, locale);
  }, [query.data, model, locale]);
  const revision = useSyncExternalStore(model.subscribe, model.snapshot);
  const shown = useShown(model, revision);
  const selected = useRef<Range>({ top: 0, bottom: 0, start: FIXED_COLUMNS, end: FIXED_COLUMNS });
  return (
    <Page full title={t("course.gradebook")}>
      <AsOfBar title={t("grading.asOf.label")} />
      <Filters groups={model.groups} sections={sections} />
      <QueryView query={query} lines={8}>
        {() => (
          <>
            <p id="gb-help" className="visually-hidden">
              {t("grading.asOf.gridHelp")}
            </p>
            <GradebookGrid
              model={model}
              revision={revision}
              students={shown.students}
              assignments={shown.assignments}
              zone={zone}
              readOnly
              selected={selected}
              onEnter={() => {}}
              onOpen={() => {}}
              onCommand={() => {}}
              onPaste={() => {}}
            />
            <p className="small muted">{t("grading.asOf.limits")}</p>
          </>
        )}
      </QueryView>
    </Page>
  );
}
