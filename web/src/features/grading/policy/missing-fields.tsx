import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { fieldError, hasStatus } from "../../../lib/problem";
import { CheckField, SelectField, TextField } from "../../../ui/field";
import { Failed } from "../../../ui/states";
import { type MissingPolicy, missingWorkQuery } from "./missing-api";

interface MissingFieldsProps {
  courseId: number;
  missing: MissingPolicy | null;
  /** Whether the rules that are in force score by the dates. */
  stands: boolean;
  error: unknown;
  onChange: (missing: MissingPolicy | null) => void;
}

const first: MissingPolicy = { deduct_percent: 100, by_dates: true };

/** What missing work earns, and whether the dates alone make it missing. */
export function MissingFields({ courseId, missing, stands, error, onChange }: MissingFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <CheckField
        label={t("grading.policy.missing")}
        help={t("gradePolicy.missing.help")}
        checked={missing !== null}
        onChange={(event) => onChange(event.target.checked ? first : null)}
      />
      {missing && (
        <div className="form-grid">
          <TextField
            label={t("grading.policy.missingDeduct")}
            type="number"
            step="any"
            value={missing.deduct_percent}
            error={fieldError(error, "missing_policy.deduct_percent")}
            onChange={(event) =>
              onChange({ ...missing, deduct_percent: event.target.valueAsNumber || 0 })
            }
          />
          <SelectField
            label={t("gradePolicy.missing.when")}
            help={t(`gradePolicy.missing.${missing.by_dates ? "datesHelp" : "graderHelp"}`)}
            value={missing.by_dates ? "dates" : "grader"}
            onChange={(event) => onChange({ ...missing, by_dates: event.target.value === "dates" })}
            choices={["dates", "grader"].map((value) => ({
              value,
              label: t(`gradePolicy.missing.${value}`),
            }))}
          />
        </div>
      )}
      <Effect courseId={courseId} stands={stands} wanted={missing?.by_dates ?? false} />
    </>
  );
}

/** What saving does to work that is missing by now, before anybody saves. */
function Effect({
  courseId,
  stands,
  wanted,
}: {
  courseId: number;
  stands: boolean;
  wanted: boolean;
}) {
  const { t } = useTranslation();
  const query = useQuery({ ...missingWorkQuery(courseId), enabled: stands || wanted });
  const { data } = query;
  if (stands !== wanted && query.isLoadingError && !hasStatus(query.error, 403)) {
    return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (!data || stands === wanted || (stands && data.scored === 0)) return null;
  if (stands) {
    return (
      <p className="notice" data-tone="warn" role="status">
        {t("gradePolicy.missing.takesBack", { count: data.scored })}
      </p>
    );
  }
  const count = data.items.reduce((sum, item) => sum + item.learners, 0);
  return (
    <div className="notice" data-tone={count > 0 ? "warn" : undefined} role="status">
      <div>
        <p>{t("gradePolicy.missing.scores", { count })}</p>
        {count > 0 && (
          <ul>
            {data.items.map((item) => (
              <li key={item.assignment_id}>
                {t("gradePolicy.missing.of", { title: item.title, count: item.learners })}
                {item.posts_manually && ` · ${t("gradePolicy.missing.byHand")}`}
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
