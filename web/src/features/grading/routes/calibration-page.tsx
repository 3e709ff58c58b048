import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useFilters, useId } from "../../../lib/address";
import { useCourseStanding } from "../../../lib/course-standing";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { Badge } from "../../../ui/badge";
import { Button } from "../../../ui/button";
import { Page } from "../../../ui/page";
import { QueryView } from "../../../ui/query-view";
import { Empty } from "../../../ui/states";
import { assignmentQuery } from "../api";
import { type CalibrationLine, calibrationQuery } from "../calibration/calibration-api";
import { CalibrationDesk } from "../calibration/calibration-desk";
import { NearnessTable } from "../calibration/nearness-table";

/** The calibration set: what waits for whoever looks, how near they came, and how near everybody does. */
export default function CalibrationPage() {
  const { t } = useTranslation();
  const courseId = useId("courseId");
  const assignmentId = useId("assignmentId");
  const { may } = useCourseStanding();
  const [{ work }, setFilters] = useFilters();
  const assignment = useQuery(assignmentQuery(assignmentId)).data;
  const query = useQuery(calibrationQuery(assignmentId));
  const next = query.data?.find((one) => one.is_open && String(one.user_id) !== work);
  const open = (userId?: number) => setFilters({ work: userId ? String(userId) : "" });
  const choose = (
    <Link
      className="button"
      to={`/courses/${courseId}/assignments/${assignmentId}/submissions`}
      search={{ state: "handed_in" }}
    >
      {t("calibration.choose")}
    </Link>
  );
  return (
    <Page
      full={Boolean(work)}
      title={`${t("calibration.title")} · ${assignment?.title ?? ""}`}
      actions={
        work ? (
          <Button onClick={() => open()}>{t("calibration.all")}</Button>
        ) : (
          may("marking.moderate") && choose
        )
      }
    >
      {work ? (
        <CalibrationDesk
          key={work}
          assignmentId={assignmentId}
          userId={Number(work)}
          onDone={() => open(next?.user_id)}
        />
      ) : (
        <QueryView query={query}>
          {(works) =>
            works.length === 0 ? (
              <Empty title={t("calibration.empty")}>{t("calibration.emptyHelp")}</Empty>
            ) : (
              <>
                <p>{t("calibration.help")}</p>
                <ul className="rows panel">
                  {works.map((one) => (
                    <Line key={one.user_id} work={one} onOpen={() => open(one.user_id)} />
                  ))}
                </ul>
                {may("marking.moderate") && <NearnessTable assignmentId={assignmentId} />}
              </>
            )
          }
        </QueryView>
      )}
    </Page>
  );
}

function Line({ work, onOpen }: { work: CalibrationLine; onOpen: () => void }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const show = (score: number | null) => (score === null ? "–" : formatNumber(score, locale, 4));
  return (
    <li className="row-between">
      <span className="grow">
        <strong>{work.name}</strong>
        <br />
        <span className="small muted">
          {work.is_open
            ? t("calibration.yours")
            : work.is_author
              ? t("calibration.authored", { reference: show(work.reference), count: work.answers })
              : t("calibration.scores", {
                  mine: show(work.my_score),
                  reference: show(work.reference),
                })}
        </span>
      </span>
      {work.is_open && <Badge tone="warn">{t("calibration.openOne")}</Badge>}
      <Button kind={work.is_open ? "primary" : "plain"} onClick={onOpen}>
        {t(work.is_open ? "calibration.assess" : "calibration.look")}
        <span className="visually-hidden"> {work.name}</span>
      </Button>
    </li>
  );
}
