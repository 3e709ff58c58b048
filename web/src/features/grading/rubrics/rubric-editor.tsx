import "./rubrics.css";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ClipboardPaste, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "../../../lib/announce";
import { useLocale } from "../../../lib/i18n";
import { formatNumber, parseDecimal } from "../../../lib/numbers";
import { asProblem, fieldError } from "../../../lib/problem";
import { Button } from "../../../ui/button";
import { TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { toast } from "../../../ui/toast";
import { CriterionFields } from "./criterion-fields";
import { PasteDialog } from "./paste-dialog";
import { PreviewDialog } from "./preview-dialog";
import {
  blankCriterion,
  type CriterionDraft,
  criterionOf,
  draftOf,
  inputOf,
  moved,
} from "./rubric-draft";
import {
  createRubric,
  previewRubric,
  type Rubric,
  type RubricPreview,
  saveRubric,
  startMigration,
} from "./rubrics-api";

interface RubricEditorProps {
  courseId: number;
  rubric?: Rubric;
  onDone: () => void;
}

/** Makes or changes a rubric. One that is in use shows first what the change does to its assessments. */
export function RubricEditor({ courseId, rubric, onDone }: RubricEditorProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const queryClient = useQueryClient();
  const say = (points: number) => formatNumber(points, locale, 4);
  const [draft, setDraft] = useState(() => draftOf(rubric, say));
  const [pasting, setPasting] = useState(false);
  const [preview, setPreview] = useState<RubricPreview>();
  const input = () => inputOf(draft, (text) => parseDecimal(text, locale));

  const save = useMutation({
    mutationFn: async (carryOver: boolean | "ask") => {
      if (!rubric) return createRubric(courseId, input());
      if (carryOver === "ask") {
        const seen = await previewRubric(rubric.rubric_id, input());
        if (seen.assessment_count > 0) {
          setPreview(seen);
          return undefined;
        }
      }
      const saved = await saveRubric(rubric.rubric_id, { ...input(), version: rubric.version });
      // The rubric is saved whatever becomes of the assessments: saving again would meet oneself.
      if (carryOver === true) {
        await startMigration(saved.rubric_id, saved.version).catch((failure) =>
          toast(t("rubrics.notCarried", { reason: asProblem(failure).detail })),
        );
      }
      return saved;
    },
    onSuccess: async (saved) => {
      if (!saved) return;
      setPreview(undefined);
      await queryClient.invalidateQueries({ queryKey: ["course", courseId] });
      await queryClient.invalidateQueries({ queryKey: ["rubric", saved.rubric_id] });
      await queryClient.invalidateQueries({ queryKey: ["assignment"] });
      onDone();
    },
    onError: () => setPreview(undefined),
  });

  const setCriteria = (change: (now: CriterionDraft[]) => CriterionDraft[]) =>
    setDraft((now) => ({ ...now, criteria: change(now.criteria) }));
  const error = (at: number) => (field: string) =>
    asProblem(save.error).errors.find((one) => one.field === `criteria[${at}].${field}`)?.message;
  function move(at: number, by: number) {
    const focused = document.activeElement;
    setCriteria((now) => moved(now, at, by));
    // A moved field is taken out and put in again by the browser, which forgets that it had the focus.
    requestAnimationFrame(() => focused instanceof HTMLElement && focused.focus());
    announce(t("rubrics.moved", { number: at + by + 1, count: draft.criteria.length }));
  }
  const total = draft.criteria
    .filter((one) => one.scoring)
    .reduce((sum, one) => sum + (parseDecimal(one.points, locale) ?? 0), 0);

  return (
    <>
      <Form
        error={save.error}
        label={t("rubrics.editor")}
        onSubmit={() => save.isPending || save.mutate("ask")}
      >
        <TextField
          label={t("rubrics.title")}
          required
          value={draft.title}
          error={fieldError(save.error, "title")}
          onChange={(event) => setDraft({ ...draft, title: event.target.value })}
        />
        <p className="small muted">{t("rubrics.reorderHelp")}</p>
        <div className="stack">
          {draft.criteria.map((criterion, at) => (
            <CriterionFields
              key={criterion.key}
              criterion={criterion}
              number={at + 1}
              isFirst={at === 0}
              isLast={at === draft.criteria.length - 1}
              error={error(at)}
              onChange={(part) =>
                setCriteria((now) =>
                  now.map((one) => (one.key === criterion.key ? { ...one, ...part } : one)),
                )
              }
              onMove={(by) => move(at, by)}
              onRemove={() => setCriteria((now) => now.filter((one) => one !== criterion))}
            />
          ))}
        </div>
        <div className="row">
          <Button
            icon={<Plus size={16} aria-hidden />}
            onClick={() => setCriteria((now) => [...now, blankCriterion()])}
          >
            {t("rubrics.addCriterion")}
          </Button>
          <Button icon={<ClipboardPaste size={16} aria-hidden />} onClick={() => setPasting(true)}>
            {t("rubrics.paste.title")}
          </Button>
          <span className="figures">{t("rubrics.total", { points: say(total) })}</span>
        </div>
        <div className="row">
          <Button kind="primary" type="submit" busy={save.isPending}>
            {t("action.save")}
          </Button>
          <Button kind="quiet" onClick={onDone}>
            {t("action.cancel")}
          </Button>
        </div>
      </Form>
      {pasting && (
        <PasteDialog
          courseId={courseId}
          onClose={() => setPasting(false)}
          onTake={(criteria) => {
            setPasting(false);
            const added = criteria.map((one) => criterionOf(one, say));
            // A rubric nobody has written in yet is replaced; else the table is added to it.
            setCriteria((now) => [...now.filter((one) => one.description.trim()), ...added]);
          }}
        />
      )}
      {preview && (
        <PreviewDialog
          preview={preview}
          busy={save.isPending}
          onSave={(carryOver) => save.mutate(carryOver)}
          onClose={() => setPreview(undefined)}
        />
      )}
    </>
  );
}
