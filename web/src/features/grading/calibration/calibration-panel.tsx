import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useCourseStanding } from "../../../lib/course-standing";
import { Badge } from "../../../ui/badge";
import type { Assignment } from "../api";
import { calibrationQuery } from "./calibration-api";

/** Whether graders calibrate themselves here, and what of it waits for whoever looks. */
export function CalibrationPanel({ assignment }: { assignment: Assignment }) {
  const { t } = useTranslation();
  const { may } = useCourseStanding();
  const works = useQuery(calibrationQuery(assignment.assignment_id)).data;
  if (!works || (works.length === 0 && !may("marking.moderate"))) return null;
  const open = works.filter((work) => work.is_open).length;
  const path = `/courses/${assignment.course_id}/assignments/${assignment.assignment_id}`;
  return (
    <section className="panel stack" aria-labelledby="calibration-title">
      <h2 id="calibration-title">{t("calibration.title")}</h2>
      <p>
        {t("calibration.set", { count: works.length })}{" "}
        {open > 0 && <Badge tone="warn">{t("calibration.waits", { count: open })}</Badge>}
      </p>
      <div>
        <Link className="button" to={`${path}/calibration`}>
          {t("calibration.open")}
        </Link>
      </div>
    </section>
  );
}

/** Says on a grader's desk that there is something to assess first. */
export function CalibrationNotice({ assignment }: { assignment: Assignment }) {
  const { t } = useTranslation();
  const works = useQuery(calibrationQuery(assignment.assignment_id)).data ?? [];
  const open = works.filter((work) => work.is_open).length;
  if (open === 0) return null;
  const path = `/courses/${assignment.course_id}/assignments/${assignment.assignment_id}`;
  return (
    <p className="notice">
      <span className="grow">{t("calibration.first", { count: open })}</span>
      <Link className="button" to={`${path}/calibration`}>
        {t("calibration.open")}
      </Link>
    </p>
  );
}
