import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber, formatPercent } from "../../../lib/numbers";
import { Badge } from "../../../ui/badge";
import { SelectField } from "../../../ui/field";
import { Table } from "../../../ui/table";
import type { CourseGradePoints } from "./grade-points-api";

/** What the reader tries out in courses in progress. */
export interface Planner {
  guesses: ReadonlyMap<number, string>;
  guess: (courseId: number, letter: string) => void;
}

interface CourseRowsProps {
  courses: CourseGradePoints[];
  planner?: Planner;
}

/** The courses of a term: credits, grade, what it is worth, and why it may not count. */
export function CourseRows({ courses, planner }: CourseRowsProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const columns = ["course", "credits", "grade", "points", "counts"].map((column) =>
    t(`gradePoints.column.${column}`),
  );
  return (
    <Table columns={columns}>
      {courses.map((course) => (
        <tr key={course.course_id}>
          <th scope="row">
            {course.title} <span className="muted small">{course.code}</span>
          </th>
          <td data-label={columns[1]} className="figures">
            {course.credits === null ? t("gradePoints.none") : formatNumber(course.credits, locale)}
          </td>
          <td data-label={columns[2]}>
            <Grade course={course} planner={planner} />
          </td>
          <td data-label={columns[3]} className="figures">
            {course.grade_points === null
              ? t("gradePoints.none")
              : formatNumber(course.grade_points, locale)}
          </td>
          <td data-label={columns[4]}>
            <Counts course={course} />
          </td>
        </tr>
      ))}
    </Table>
  );
}

function Grade({ course, planner }: { course: CourseGradePoints; planner?: Planner }) {
  const { t } = useTranslation();
  const locale = useLocale();
  if (planner && course.letters.length > 0 && course.credits) {
    const now = course.assumed
      ? t("gradePoints.plan.real")
      : (course.letter ?? t("grading.noGrade"));
    return (
      <SelectField
        label={t("gradePoints.plan.for", { title: course.title })}
        value={planner.guesses.get(course.course_id) ?? ""}
        onChange={(event) => planner.guess(course.course_id, event.target.value)}
        choices={[
          {
            value: "",
            label: course.assumed ? now : t("gradePoints.plan.now", { letter: now }),
          },
          ...course.letters.map(({ letter, grade_points }) => ({
            value: letter,
            label: t("gradePoints.plan.letter", {
              letter,
              points: formatNumber(grade_points, locale),
            }),
          })),
        ]}
      />
    );
  }
  return (
    <span>
      {course.percent === null ? t("grading.noGrade") : formatPercent(course.percent, locale)}{" "}
      {course.letter && <bdi className="muted">{course.letter}</bdi>}
    </span>
  );
}

function Counts({ course }: { course: CourseGradePoints }) {
  const { t } = useTranslation();
  if (course.left_out) return <>{t(`grading.derivation.reason.${course.left_out}`)}</>;
  return (
    <span>
      {course.assumed && <Badge>{t("grading.forecast.guessed")}</Badge>}{" "}
      {t(course.replaced ? "gradePoints.replaced" : "gradePoints.counts")}
    </span>
  );
}
