import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useId } from "../../../lib/address";
import { useCourseStanding } from "../../../lib/course-standing";
import { Button } from "../../../ui/button";
import { FormDialog } from "../../../ui/form-dialog";
import { NameDialog } from "../../../ui/name-dialog";
import { Page } from "../../../ui/page";
import { QueryView } from "../../../ui/query-view";
import { Empty } from "../../../ui/states";
import { createSection, crossList, type Section, saveSection, sectionsQuery } from "../api";
import { CoursePicker } from "../components/course-picker";

type Open = { kind: "new" } | { kind: "rename" | "cross"; section: Section };

export default function SectionsPage() {
  const { t } = useTranslation();
  const courseId = useId("courseId");
  const query = useQuery(sectionsQuery(courseId));
  const { may } = useCourseStanding();
  const queryClient = useQueryClient();
  const [open, setOpen] = useState<Open>();
  return (
    <Page
      title={t("course.sections")}
      actions={
        <Button kind="primary" onClick={() => setOpen({ kind: "new" })}>
          {t("courses.sections.add")}
        </Button>
      }
    >
      <QueryView query={query} lines={3}>
        {(sections) =>
          sections.length === 0 ? (
            <Empty title={t("courses.sections.empty")}>{t("courses.sections.emptyHelp")}</Empty>
          ) : (
            <ul className="rows panel">
              {sections.map((section) => (
                <li key={section.section_id} className="rows-link">
                  <span className="grow">
                    <strong>{section.name}</strong>
                    {section.is_cross_listed && (
                      <span className="small muted"> · {t("courses.sections.crossListed")}</span>
                    )}
                  </span>
                  <span className="small muted figures">
                    {t("courses.people.count", { count: section.people })}
                  </span>
                  <Button onClick={() => setOpen({ kind: "rename", section })}>
                    {t("action.rename")}
                  </Button>
                  {may("section.cross_list") && (
                    <Button onClick={() => setOpen({ kind: "cross", section })}>
                      {t("courses.sections.crossList")}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
      {open?.kind === "cross" ? (
        <CrossListDialog section={open.section} onClose={() => setOpen(undefined)} />
      ) : (
        open && (
          <NameDialog
            title={t(open.kind === "rename" ? "action.rename" : "courses.sections.add")}
            label={t("courses.sections.name")}
            name={open.kind === "rename" ? open.section.name : ""}
            onSave={async (name) => {
              if (open.kind === "rename") await saveSection(open.section, name);
              else await createSection(courseId, name);
              await queryClient.invalidateQueries({ queryKey: ["course", courseId, "sections"] });
            }}
            onClose={() => setOpen(undefined)}
          />
        )
      )}
    </Page>
  );
}

/** Teaches a section's people inside another course, or brings them back. */
function CrossListDialog({ section, onClose }: { section: Section; onClose: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [target, setTarget] = useState<number>();
  const mutation = useMutation({
    mutationFn: (courseId: number | null) => crossList(section, courseId),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ["course"] });
      onClose();
    },
  });
  return (
    <FormDialog
      title={t("courses.sections.crossList")}
      mutation={{ ...mutation, mutate: () => target && mutation.mutate(target) }}
      save={t("courses.sections.crossList")}
      disabled={!target}
      extra={
        section.is_cross_listed && (
          <Button busy={mutation.isPending} onClick={() => mutation.mutate(null)}>
            {t("courses.sections.bringBack")}
          </Button>
        )
      }
      onClose={onClose}
    >
      <p>{t("courses.sections.crossListHelp", { section: section.name })}</p>
      <CoursePicker
        label={t("courses.sections.targetCourse")}
        except={section.course_id}
        onPick={setTarget}
      />
    </FormDialog>
  );
}
