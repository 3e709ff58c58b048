import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useId } from "../../../lib/address";
import { Page } from "../../../ui/page";
import { QueryView } from "../../../ui/query-view";
import { observedGradePointsQuery } from "../grade-points/grade-points-api";
import { GradePointsView } from "../grade-points/grade-points-view";

/** A learner's averages for an observer or an administrator: the same numbers the learner sees. */
export default function LearnerGradePointsPage() {
  const { t } = useTranslation();
  const query = useQuery(observedGradePointsQuery(useId("userId")));
  return (
    <Page
      title={
        query.data ? t("gradePoints.whose", { name: query.data.name }) : t("nav.myGradePoints")
      }
    >
      <QueryView query={query}>{(points) => <GradePointsView points={points} />}</QueryView>
    </Page>
  );
}
