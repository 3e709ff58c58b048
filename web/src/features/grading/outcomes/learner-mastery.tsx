import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Empty } from "../../../ui/states";
import type { LearnerMastery } from "./outcomes-api";
import { StandingView } from "./standing-view";

/** A learner's outcomes across all courses, each with its level, its results and the next step. */
export function LearnerMasteryView({ mastery, own }: { mastery: LearnerMastery; own?: boolean }) {
  const { t } = useTranslation();
  const id = useId();
  const { outcomes } = mastery;
  if (outcomes.length === 0) {
    return <Empty title={t("outcomes.mine.empty")}>{t("outcomes.mine.emptyHelp")}</Empty>;
  }
  const mastered = outcomes.filter((one) => one.mastered).length;
  return (
    <div className="stack">
      <p>{t("outcomes.mine.summary", { mastered, count: outcomes.length })}</p>
      {outcomes.map((standing) => (
        <section
          key={standing.outcome_id}
          className="panel stack"
          aria-labelledby={`${id}-${standing.outcome_id}`}
        >
          <h2 id={`${id}-${standing.outcome_id}`}>
            {standing.display_name ?? standing.title}{" "}
            <span className="small muted">{standing.code}</span>
          </h2>
          <StandingView standing={standing} own={own} />
        </section>
      ))}
    </div>
  );
}
