import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useId } from "../../../lib/address";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { Page } from "../../../ui/page";
import { QueryView } from "../../../ui/query-view";
import { When } from "../../../ui/when";
import { type Work, workQuery } from "../api";
import { StandingBadge } from "../components/assignment-state";
import { Attempts } from "../components/attempts";
import { WorkComments } from "../components/work-comments";
import { AssessmentCard } from "../rubrics/rubric-view";
import { useObserved } from "../use-observed";

/** One learner's work as their observer sees it: read only. */
export default function ObservedWorkPage() {
  const { t } = useTranslation();
  const { userId, name } = useObserved();
  const query = useQuery(workQuery(useId("assignmentId"), userId));
  return (
    <Page
      title={query.data?.title ?? t("grading.assignment")}
      state={
        <>
          {name && <span className="muted">{t("grading.observed.of", { name })}</span>}
          {query.data && (
            <StandingBadge standing={query.data.standing} assignmentId={query.data.assignment_id} />
          )}
        </>
      }
    >
      <QueryView query={query}>{(work) => <ObservedWork work={work} />}</QueryView>
    </Page>
  );
}

function ObservedWork({ work }: { work: Work }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const points = formatNumber(work.points_possible, locale);
  const { score, excused } = work.standing;
  return (
    <>
      <dl className="panel facts">
        <div>
          <dt>{t("grading.due")}</dt>
          <dd>{work.due_at ? <When at={work.due_at} /> : t("grading.noDueDate")}</dd>
        </div>
        <div>
          <dt>{t("grading.score")}</dt>
          <dd>
            {excused
              ? t("grading.excused")
              : score === null
                ? t("grading.ofPoints", { points })
                : t("grading.scoreOf", { score: formatNumber(score, locale), points })}
          </dd>
        </div>
      </dl>
      {work.assessment && <AssessmentCard assessment={work.assessment} />}
      <WorkComments comments={work.comments} />
      {work.attempts.length === 0 && <p className="notice">{t("grading.nothingHandedIn")}</p>}
      <Attempts work={work} submissions={work.attempts} observed />
    </>
  );
}
