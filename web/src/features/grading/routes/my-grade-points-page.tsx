import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Page } from "../../../ui/page";
import { QueryView } from "../../../ui/query-view";
import { myGradePointsQuery } from "../grade-points/grade-points-api";
import { GradePointsPlanner } from "../grade-points/grade-points-planner";

/** The person's grade point averages across all their courses, and a planner. */
export default function MyGradePointsPage() {
  const { t } = useTranslation();
  const query = useQuery(myGradePointsQuery);
  return (
    <Page title={t("nav.myGradePoints")}>
      <QueryView query={query}>{(points) => <GradePointsPlanner real={points} />}</QueryView>
    </Page>
  );
}
