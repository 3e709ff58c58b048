import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Badge } from "../../../ui/badge";
import { Button, IconButton } from "../../../ui/button";
import { CheckField, SelectField, TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { toast } from "../../../ui/toast";
import { assignmentsQuery } from "../api";
import {
  type CustomStatus,
  type GradeLabels,
  type Label,
  type LabelKind,
  labelsQuery,
  type StoredLabels,
  saveLabels,
  tones,
} from "./labels-api";
import { labelsOf } from "./use-labels";

interface LabelsPanelProps {
  courseId: number;
  stored: StoredLabels;
}

const kinds: LabelKind[] = ["late", "missing"];

/** What this course calls late and missing work, and statuses of its own. No total changes by it. */
export function LabelsPanel({ courseId, stored }: LabelsPanelProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [labels, setLabels] = useState<GradeLabels>(stored.labels);
  const change = (part: Partial<GradeLabels>) => setLabels((now) => ({ ...now, ...part }));
  const mutation = useMutation({
    mutationFn: () => saveLabels(courseId, { labels, version: stored.version }),
    onSuccess: (saved) => {
      queryClient.setQueryData(labelsQuery(courseId).queryKey, saved);
      toast(t("gradePolicy.labels.saved"));
    },
  });
  return (
    <section className="panel stack" aria-labelledby="labels-title">
      <h2 id="labels-title">{t("gradePolicy.labels.title")}</h2>
      <p className="small muted">{t("gradePolicy.labels.help")}</p>
      <Form error={mutation.error} onSubmit={() => mutation.isPending || mutation.mutate()}>
        {kinds.map((kind) => (
          <LabelFields
            key={kind}
            kind={kind}
            label={labels[kind]}
            onChange={(label) => change({ [kind]: label })}
          />
        ))}
        <OwnWords courseId={courseId} labels={labels} change={change} />
        <Statuses statuses={labels.statuses} onChange={(statuses) => change({ statuses })} />
        <div>
          <Button kind="primary" type="submit" busy={mutation.isPending}>
            {t("gradePolicy.labels.save")}
          </Button>
        </div>
      </Form>
    </section>
  );
}

interface LabelFieldsProps {
  kind: LabelKind;
  /** Of one assignment: said in the names of the fields. */
  title?: string;
  label: Label | null | undefined;
  onChange: (label: Label | null) => void;
}

function LabelFields({ kind, title, label, onChange }: LabelFieldsProps) {
  const { t } = useTranslation();
  const of = (field: string) =>
    t(`gradePolicy.labels.${field}`, { what: t(`grading.flag.${kind}`), title: title ?? "" });
  const said = labelsOf({ assignments: [], statuses: [], [kind]: label } as never, t).of(kind, 0);
  const set = (part: Partial<Label>) => {
    const next = { words: null, tone: null, off: false, ...label, ...part };
    onChange(next.words === null && next.tone === null && !next.off ? null : next);
  };
  return (
    <div className="form-grid">
      <TextField
        label={of(title ? "wordsOf" : "words")}
        placeholder={t(`grading.flag.${kind}`)}
        maxLength={30}
        disabled={label?.off}
        value={label?.words ?? ""}
        onChange={(event) => set({ words: event.target.value || null })}
      />
      <SelectField
        label={of(title ? "toneOf" : "tone")}
        disabled={label?.off}
        value={label?.tone ?? ""}
        onChange={(event) => set({ tone: (event.target.value || null) as Label["tone"] })}
        choices={[
          { value: "", label: t("gradePolicy.labels.usual") },
          ...tones.map((tone) => ({ value: tone, label: t(`gradePolicy.labels.tones.${tone}`) })),
        ]}
      />
      <div className="stack-tight">
        <CheckField
          label={of(title ? "offOf" : "off")}
          checked={label?.off ?? false}
          onChange={(event) => set({ off: event.target.checked })}
        />
        <div>{said && <Badge tone={said.tone}>{said.words}</Badge>}</div>
      </div>
    </div>
  );
}

interface OwnWordsProps {
  courseId: number;
  labels: GradeLabels;
  change: (part: Partial<GradeLabels>) => void;
}

/** Assignments that say it differently. */
function OwnWords({ courseId, labels, change }: OwnWordsProps) {
  const { t } = useTranslation();
  const all = useQuery(assignmentsQuery(courseId)).data ?? [];
  const own = labels.assignments;
  const left = all.filter((a) => !own.some((one) => one.assignment_id === a.assignment_id));
  const put = (id: number, part: Partial<Record<LabelKind, Label | null>>) =>
    change({
      assignments: own.map((one) => (one.assignment_id === id ? { ...one, ...part } : one)),
    });
  return (
    <>
      {own.map((one) => {
        const title = all.find((a) => a.assignment_id === one.assignment_id)?.title ?? "";
        return (
          <fieldset key={one.assignment_id} className="stack">
            <legend className="field-legend row">
              {title}
              <Button
                kind="quiet"
                aria-label={t("gradePolicy.labels.remove", { title })}
                onClick={() =>
                  change({ assignments: own.filter((a) => a.assignment_id !== one.assignment_id) })
                }
              >
                <X size={16} aria-hidden />
              </Button>
            </legend>
            {kinds.map((kind) => (
              <LabelFields
                key={kind}
                kind={kind}
                title={title}
                label={one[kind]}
                onChange={(label) => put(one.assignment_id, { [kind]: label })}
              />
            ))}
          </fieldset>
        );
      })}
      {left.length > 0 && (
        <SelectField
          label={t("gradePolicy.labels.differs")}
          value=""
          onChange={(event) =>
            change({ assignments: [...own, { assignment_id: Number(event.target.value) }] })
          }
          choices={[
            { value: "", label: t("gradePolicy.labels.choose") },
            ...left.map((a) => ({ value: String(a.assignment_id), label: a.title })),
          ]}
        />
      )}
    </>
  );
}

interface StatusesProps {
  statuses: CustomStatus[];
  onChange: (statuses: CustomStatus[]) => void;
}

function Statuses({ statuses, onChange }: StatusesProps) {
  const { t } = useTranslation();
  const put = (at: number, part: Partial<CustomStatus>) =>
    onChange(statuses.map((one, i) => (i === at ? { ...one, ...part } : one)));
  return (
    <fieldset className="stack">
      <legend className="field-legend">{t("gradePolicy.status.title")}</legend>
      <p className="small muted">{t("gradePolicy.status.help")}</p>
      {statuses.map((status, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: new ones have no number yet, and none moves
        <div key={at} className="form-grid">
          <TextField
            label={t("gradePolicy.status.words", { number: at + 1 })}
            required
            maxLength={30}
            value={status.words}
            onChange={(event) => put(at, { words: event.target.value })}
          />
          <SelectField
            label={t("gradePolicy.status.tone", { number: at + 1 })}
            value={status.tone ?? "info"}
            onChange={(event) => put(at, { tone: event.target.value as CustomStatus["tone"] })}
            choices={tones.map((tone) => ({
              value: tone,
              label: t(`gradePolicy.labels.tones.${tone}`),
            }))}
          />
          <div className="stack-tight">
            <CheckField
              label={t("gradePolicy.status.excuses")}
              checked={status.excuses ?? false}
              onChange={(event) => put(at, { excuses: event.target.checked })}
            />
            <div className="row">
              {status.words && <Badge tone={status.tone ?? "info"}>{status.words}</Badge>}
              <IconButton
                label={t("gradePolicy.labels.remove", { title: status.words || at + 1 })}
                icon={<X size={16} aria-hidden />}
                onClick={() => onChange(statuses.filter((_, i) => i !== at))}
              />
            </div>
          </div>
        </div>
      ))}
      <div>
        <Button
          onClick={() =>
            onChange([...statuses, { number: 0, words: "", tone: "info", excuses: false }])
          }
        >
          <Plus size={16} aria-hidden /> {t("gradePolicy.status.add")}
        </Button>
      </div>
    </fieldset>
  );
}
