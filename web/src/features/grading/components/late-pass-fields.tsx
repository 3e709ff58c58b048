import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { fieldError } from "../../../lib/problem";
import { CheckField, TextField } from "../../../ui/field";
import { assignmentsQuery } from "../api";
import type { LatePasses } from "../policy-api";

interface LatePassFieldsProps {
  courseId: number;
  passes: LatePasses | null;
  error: unknown;
  onChange: (passes: LatePasses | null) => void;
}

const first: LatePasses = {
  per_learner: 2,
  seconds_each: 86_400,
  most_per_assignment: 1,
  not_on: [],
};

const HOUR = 3600;

/** How many late passes everybody has, what one is worth, and where none can be spent. */
export function LatePassFields({ courseId, passes, error, onChange }: LatePassFieldsProps) {
  const { t } = useTranslation();
  const wrong = fieldError(error, "late_passes");
  const number = (field: "per_learner" | "most_per_assignment") => (
    <TextField
      label={t(`grading.latePass.${field}`)}
      type="number"
      value={passes?.[field] ?? 0}
      error={fieldError(error, `late_passes.${field}`)}
      onChange={(event) =>
        passes && onChange({ ...passes, [field]: event.target.valueAsNumber || 0 })
      }
    />
  );
  return (
    <>
      <CheckField
        label={t("grading.latePass.use")}
        help={t("grading.latePass.useHelp")}
        checked={passes !== null}
        onChange={(event) => onChange(event.target.checked ? first : null)}
      />
      {wrong && (
        <p className="notice" data-tone="bad">
          {wrong}
        </p>
      )}
      {passes && (
        <>
          <div className="form-grid">
            {number("per_learner")}
            <TextField
              label={t("grading.latePass.hoursEach")}
              type="number"
              step="any"
              value={passes.seconds_each / HOUR}
              error={fieldError(error, "late_passes.seconds_each")}
              onChange={(event) =>
                onChange({
                  ...passes,
                  seconds_each: Math.round((event.target.valueAsNumber || 0) * HOUR),
                })
              }
            />
            {number("most_per_assignment")}
          </div>
          <NotOn courseId={courseId} passes={passes} onChange={onChange} />
        </>
      )}
    </>
  );
}

interface NotOnProps {
  courseId: number;
  passes: LatePasses;
  onChange: (passes: LatePasses) => void;
}

function NotOn({ courseId, passes, onChange }: NotOnProps) {
  const { t } = useTranslation();
  const assignments = useQuery(assignmentsQuery(courseId)).data ?? [];
  if (assignments.length === 0) return null;
  const without = passes.not_on ?? [];
  return (
    <details>
      <summary>{t("grading.latePass.notOn", { count: without.length })}</summary>
      {assignments.map(({ assignment_id: id, title }) => (
        <CheckField
          key={id}
          label={title}
          checked={without.includes(id)}
          onChange={(event) =>
            onChange({
              ...passes,
              not_on: event.target.checked
                ? [...without, id]
                : without.filter((other) => other !== id),
            })
          }
        />
      ))}
    </details>
  );
}
