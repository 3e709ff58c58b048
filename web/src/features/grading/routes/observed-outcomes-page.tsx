import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useId } from "../../../lib/address";
import { Page } from "../../../ui/page";
import { QueryView } from "../../../ui/query-view";
import { LearnerMasteryView } from "../outcomes/learner-mastery";
import { observedMasteryQuery } from "../outcomes/outcomes-api";

/** What a learner's observer sees of their outcomes: the same as the learner. */
export default function ObservedOutcomesPage() {
  const { t } = useTranslation();
  const query = useQuery(observedMasteryQuery(useId("userId")));
  return (
    <Page title={query.data ? t("outcomes.mine.of", { name: query.data.name }) : t("nav.outcomes")}>
      <QueryView query={query}>{(mastery) => <LearnerMasteryView mastery={mastery} />}</QueryView>
    </Page>
  );
}
