import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Page } from "../../../ui/page";
import { QueryView } from "../../../ui/query-view";
import { LearnerMasteryView } from "../outcomes/learner-mastery";
import { myMasteryQuery } from "../outcomes/outcomes-api";

/** Where the person stands on every outcome, across all their courses. */
export default function MyOutcomesPage() {
  const { t } = useTranslation();
  const query = useQuery(myMasteryQuery);
  return (
    <Page title={t("nav.myOutcomes")}>
      <QueryView query={query}>
        {(mastery) => <LearnerMasteryView mastery={mastery} own />}
      </QueryView>
    </Page>
  );
}
