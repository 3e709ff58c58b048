import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CheckField, SelectField } from "../../../ui/field";
import { FormDialog } from "../../../ui/form-dialog";
import type { GradebookAssignment } from "../grades-api";
import { createPosting, type PostingKind } from "../postings-api";
import { countColumn } from "./column-state";
import type { GradebookModel } from "./gradebook-model";
import { usePosted } from "./use-posted";

export interface PostingDialogProps {
  courseId: number;
  assignment: GradebookAssignment;
  model: GradebookModel;
  sections: { section_id: number; name: string }[];
  onClose: () => void;
}

/** Shows grades or hides them, after saying what that will do. */
export function PostDialog(props: PostingDialogProps & { kind: PostingKind }) {
  const { kind, courseId, assignment, model, sections, onClose } = props;
  const { t } = useTranslation();
  const [everybody, setEverybody] = useState(false);
  const [chosen, setChosen] = useState<number[]>([]);
  const lifts = kind === "post" && assignment.anonymous === true;
  const posted = usePosted(courseId, assignment.assignment_id);
  const mutation = useMutation({
    mutationFn: () =>
      createPosting(assignment.assignment_id, {
        kind,
        only_graded: kind === "post" && !everybody,
        section_ids: chosen,
        lift_anonymity: lifts,
      }),
    onSuccess: (posting) => {
      posted.tell(posting);
      onClose();
    },
  });
  const { graded, hidden, waiting } = countColumn(model, assignment, chosen);
  const shown = graded - hidden;

  function toggle(section: number, on: boolean) {
    setChosen(on ? [...chosen, section] : chosen.filter((id) => id !== section));
  }

  return (
    <FormDialog
      title={t(`grading.posting.title.${kind}`, { title: assignment.title })}
      mutation={mutation}
      save={t(`grading.posting.do.${kind}`)}
      onClose={onClose}
    >
      {kind === "post" && (
        <SelectField
          label={t("grading.posting.whom")}
          value={everybody ? "everybody" : "graded"}
          onChange={(event) => setEverybody(event.target.value === "everybody")}
          choices={["graded", "everybody"].map((value) => ({
            value,
            label: t(`grading.posting.audience.${value}`),
          }))}
        />
      )}
      {sections.length > 1 && (
        <fieldset className="field">
          <legend>{t("grading.posting.sections")}</legend>
          <p className="field-help">{t("grading.posting.sectionsHelp")}</p>
          {sections.map((section) => (
            <CheckField
              key={section.section_id}
              label={section.name}
              checked={chosen.includes(section.section_id)}
              onChange={(event) => toggle(section.section_id, event.target.checked)}
            />
          ))}
        </fieldset>
      )}
      {lifts && (
        <p className="notice" data-tone="warn">
          {t("marking.anonymous.postingLifts")}
        </p>
      )}
      <p role="status" className="notice">
        {lifts
          ? t("marking.anonymous.willPost")
          : kind === "post"
            ? t(`grading.posting.will_post.${everybody ? "everybody" : "graded"}`, {
                count: hidden,
                waiting,
              })
            : t("grading.posting.will_hide", { count: shown })}
      </p>
      {kind === "hide" && chosen.length > 0 && (
        <p className="notice" data-tone="warn">
          {t("grading.posting.hideSections")}
        </p>
      )}
      <p className="small muted">{t(`grading.posting.told.${kind}`)}</p>
    </FormDialog>
  );
}
