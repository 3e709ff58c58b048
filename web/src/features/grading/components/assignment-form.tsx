import { useMutation, useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldError, type Problem } from "../../../lib/problem";
import { Button } from "../../../ui/button";
import { CheckField, SelectField, TextArea, TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { InstantField } from "../../../ui/instant-field";
import {
  type Assignment,
  type AssignmentInput,
  assignmentGroupsQuery,
  createGroup,
  gradingTypes,
  groupSetsQuery,
  type SubmissionType,
  submissionTypes,
} from "../api";
import { CountingFields } from "../policy/counting-fields";

interface AssignmentFormProps {
  courseId: number;
  zone: string;
  assignment?: Assignment;
  /** Answers with what was saved, so that a second attempt is made upon that. */
  onSave: (input: AssignmentInput, publish: boolean, version: number) => Promise<Assignment>;
  onDone: () => void;
}

const blank: AssignmentInput = {
  assignment_group_id: null,
  title: "",
  description: "",
  points_possible: 100,
  grading_type: "points",
  submission_types: ["text"],
  due_at: null,
  unlocks_at: null,
  locks_at: null,
  attempts_allowed: null,
  attempts_kept: "latest",
  position: null,
  omit_from_final: false,
  extra_credit: false,
  optional: false,
  only_named: false,
  posts_manually: false,
  group_set_id: null,
  grade_individually: false,
};

function inputOf(a: Assignment): AssignmentInput {
  return {
    assignment_group_id: a.assignment_group_id,
    title: a.title,
    description: a.description ?? "",
    points_possible: a.points_possible,
    grading_type: a.grading_type,
    submission_types: a.submission_types,
    due_at: a.due_at,
    unlocks_at: a.unlocks_at,
    locks_at: a.locks_at,
    attempts_allowed: a.attempts_allowed,
    attempts_kept: a.attempts_kept,
    position: a.position,
    omit_from_final: a.omit_from_final,
    extra_credit: a.extra_credit,
    optional: a.optional,
    only_named: a.only_named,
    posts_manually: a.posts_manually,
    group_set_id: a.group_set_id,
    grade_individually: a.grade_individually,
  };
}

/** Create or change an assignment. A draft is seen by nobody until it is published. */
export function AssignmentForm({
  courseId,
  zone,
  assignment,
  onSave,
  onDone,
}: AssignmentFormProps) {
  const { t } = useTranslation();
  const [input, setInput] = useState(assignment ? inputOf(assignment) : blank);
  const [newGroup, setNewGroup] = useState("");
  // The version these fields were filled from: what somebody else saves meanwhile is not written over.
  const seen = useRef(assignment?.version ?? 0);
  const groups = useQuery(assignmentGroupsQuery(courseId)).data ?? [];
  const change = (part: Partial<AssignmentInput>) => setInput((now) => ({ ...now, ...part }));
  const asksQuestions = assignment?.submission_types.includes("questions") ?? false;
  const groupId = input.assignment_group_id || groups[0]?.assignment_group_id || 0;

  const mutation = useMutation<void, Problem, boolean>({
    mutationFn: async (publish) => {
      let assignment_group_id = groupId;
      if (!assignment_group_id || newGroup.trim()) {
        const name = newGroup.trim() || t("grading.defaultGroup");
        ({ assignment_group_id } = await createGroup(courseId, { name }));
        change({ assignment_group_id });
        setNewGroup("");
      }
      const wanted = { ...input, title: input.title.trim(), assignment_group_id };
      seen.current = (await onSave(wanted, publish, seen.current)).version;
    },
    onSuccess: onDone,
  });
  const error = (field: string) => fieldError(mutation.error, field);

  return (
    <Form
      error={mutation.error}
      onSubmit={(by) => mutation.isPending || mutation.mutate(by === "publish")}
    >
      <TextField
        label={t("grading.field.title")}
        required
        value={input.title}
        error={error("title")}
        onChange={(event) => change({ title: event.target.value })}
      />
      <TextArea
        label={t("grading.field.description")}
        rows={6}
        value={input.description}
        error={error("description")}
        onChange={(event) => change({ description: event.target.value })}
      />
      <div className="form-grid">
        <TextField
          label={t("grading.field.points")}
          type="number"
          min={0}
          step="any"
          value={input.points_possible}
          readOnly={asksQuestions}
          help={asksQuestions ? t("questions.pointsFollow") : undefined}
          error={error("points_possible")}
          onChange={(event) => change({ points_possible: Number(event.target.value) })}
        />
        <SelectField
          label={t("grading.field.grading_type")}
          value={input.grading_type}
          onChange={(event) => change({ grading_type: event.target.value })}
          choices={gradingTypes.map((value) => ({ value, label: t(`grading.gradedBy.${value}`) }))}
        />
        <SelectField
          label={t("grading.group")}
          value={String(groupId)}
          onChange={(event) => change({ assignment_group_id: Number(event.target.value) })}
          choices={
            groups.length
              ? groups.map((g) => ({ value: String(g.assignment_group_id), label: g.name }))
              : [{ value: "0", label: t("grading.defaultGroup") }]
          }
        />
        <TextField
          label={t("grading.field.newGroup")}
          help={t("grading.field.newGroupHelp")}
          value={newGroup}
          onChange={(event) => setNewGroup(event.target.value)}
        />
        <TextField
          label={t("grading.field.attempts")}
          help={t("grading.field.attemptsHelp")}
          type="number"
          min={1}
          value={input.attempts_allowed ?? ""}
          error={error("attempts_allowed")}
          onChange={(event) =>
            change({ attempts_allowed: event.target.value ? Number(event.target.value) : null })
          }
        />
      </div>
      <CountingFields input={input} change={change} />
      <TypeChoice input={input} change={change} error={error("submission_types")} />
      <GroupChoice
        courseId={courseId}
        input={input}
        change={change}
        error={error("group_set_id")}
      />
      <div className="form-grid">
        {(["due_at", "unlocks_at", "locks_at"] as const).map((field) => (
          <InstantField
            key={field}
            label={t(`grading.field.${field}`)}
            zone={zone}
            value={input[field]}
            error={error(field)}
            onChange={(instant) => change({ [field]: instant })}
          />
        ))}
      </div>
      <div className="row">
        <Button kind="primary" type="submit" busy={mutation.isPending}>
          {t(assignment ? "action.save" : "grading.saveDraft")}
        </Button>
        {assignment?.status !== "published" && (
          <Button type="submit" value="publish" busy={mutation.isPending}>
            {t("grading.savePublish")}
          </Button>
        )}
        <Button kind="quiet" onClick={onDone}>
          {t("action.cancel")}
        </Button>
      </div>
    </Form>
  );
}

interface TypeChoiceProps {
  input: AssignmentInput;
  change: (part: Partial<AssignmentInput>) => void;
  error?: string;
}

const standsAlone = (type: SubmissionType) =>
  type === "on_paper" || type === "none" || type === "questions";

/** Questions, paper and "nothing to hand in" stand alone; the others can be combined. */
function TypeChoice({ input, change, error }: TypeChoiceProps) {
  const { t } = useTranslation();
  const chosen = input.submission_types;
  function toggle(type: (typeof submissionTypes)[number], on: boolean) {
    const alone = standsAlone(type);
    const others = chosen.filter((c) => c !== type && !standsAlone(c));
    const next = on ? (alone ? [type] : [...others, type]) : chosen.filter((c) => c !== type);
    change({ submission_types: next.length ? next : ["none"] });
  }
  return (
    <fieldset className="field">
      <legend className="field-legend">{t("grading.field.types")}</legend>
      {submissionTypes.map((type) => (
        <CheckField
          key={type}
          label={t(`grading.type.${type}`)}
          checked={chosen.includes(type)}
          onChange={(event) => toggle(type, event.target.checked)}
        />
      ))}
      {error && <p className="field-error">{error}</p>}
    </fieldset>
  );
}

/** Who works together. Without group sets in the course there is nothing to choose. */
function GroupChoice({ courseId, input, change, error }: TypeChoiceProps & { courseId: number }) {
  const { t } = useTranslation();
  const sets = useQuery(groupSetsQuery(courseId)).data ?? [];
  if (sets.length === 0 && input.group_set_id === null) return null;
  return (
    <>
      <SelectField
        label={t("groupWork.field.set")}
        help={t("groupWork.field.setHelp")}
        value={input.group_set_id === null ? "" : String(input.group_set_id)}
        error={error}
        onChange={(event) => {
          const group_set_id = event.target.value ? Number(event.target.value) : null;
          change({
            group_set_id,
            grade_individually: group_set_id !== null && input.grade_individually,
          });
        }}
        choices={[
          { value: "", label: t("groupWork.field.none") },
          ...sets.map((set) => ({ value: String(set.group_set_id), label: set.name })),
        ]}
      />
      {input.group_set_id !== null && (
        <CheckField
          label={t("groupWork.field.individually")}
          help={t("groupWork.field.individuallyHelp")}
          checked={input.grade_individually}
          onChange={(event) => change({ grade_individually: event.target.checked })}
        />
      )}
    </>
  );
}
