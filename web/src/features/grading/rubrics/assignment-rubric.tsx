import "./rubrics.css";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { CheckField, SelectField } from "../../../ui/field";
import { ActionFailed } from "../../../ui/states";
import { RubricView } from "./rubric-view";
import {
  type AssignmentRubric,
  assignmentRubricQuery,
  attachRubric,
  detachRubric,
  rubricsQuery,
} from "./rubrics-api";

interface AssignmentRubricPanelProps {
  courseId: number;
  assignmentId: number;
  pointsPossible: number;
  /** May choose another one. */
  mayChoose: boolean;
}

/** By what an assignment is assessed: to read for everybody, to choose for those who make it. */
export function AssignmentRubricPanel(props: AssignmentRubricPanelProps) {
  const { t } = useTranslation();
  const { courseId, assignmentId, pointsPossible, mayChoose } = props;
  const query = useQuery(assignmentRubricQuery(assignmentId));
  if (query.data === undefined || (query.data === null && !mayChoose)) return null;
  return (
    <section className="panel stack" aria-labelledby="rubric-title">
      <h2 id="rubric-title">{t("rubrics.one")}</h2>
      {mayChoose && (
        <Choice
          courseId={courseId}
          assignmentId={assignmentId}
          pointsPossible={pointsPossible}
          link={query.data}
        />
      )}
      {query.data && (
        <details open={!mayChoose}>
          <summary>{query.data.rubric.title}</summary>
          <RubricView rubric={query.data.rubric} />
        </details>
      )}
    </section>
  );
}

interface ChoiceProps {
  courseId: number;
  assignmentId: number;
  pointsPossible: number;
  link: AssignmentRubric | null;
}

function Choice({ courseId, assignmentId, pointsPossible, link }: ChoiceProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const queryClient = useQueryClient();
  const rubrics = useQuery(rubricsQuery(courseId)).data ?? [];
  const choose = useMutation({
    mutationFn: async (wanted: { rubric_id: number; total_is_score: boolean }) => {
      const version = link?.link_version ?? 0;
      if (wanted.rubric_id) return void (await attachRubric(assignmentId, { ...wanted, version }));
      if (link) await detachRubric(assignmentId, version);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["assignment", assignmentId] }),
  });
  const total = link?.rubric.points_possible;
  return (
    <>
      <SelectField
        label={t("rubrics.choose")}
        help={rubrics.length === 0 ? t("rubrics.noneYet") : undefined}
        value={String(link?.rubric.rubric_id ?? 0)}
        onChange={(event) =>
          choose.mutate({
            rubric_id: Number(event.target.value),
            total_is_score: link?.total_is_score ?? true,
          })
        }
        choices={[
          { value: "0", label: t("rubrics.none") },
          ...rubrics.map((one) => ({ value: String(one.rubric_id), label: one.title })),
        ]}
      />
      {link && (
        <CheckField
          label={t("rubrics.totalIsScore")}
          help={t("rubrics.totalIsScoreHelp")}
          checked={link.total_is_score}
          onChange={(event) =>
            choose.mutate({
              rubric_id: link.rubric.rubric_id,
              total_is_score: event.target.checked,
            })
          }
        />
      )}
      {link?.total_is_score && total !== undefined && total !== pointsPossible && (
        <p className="notice" data-tone="warn">
          {t("rubrics.totalDiffers", {
            total: formatNumber(total, locale, 4),
            points: formatNumber(pointsPossible, locale, 4),
          })}
        </p>
      )}
      <ActionFailed error={choose.error} />
    </>
  );
}
