import type { VirtualItem } from "@tanstack/react-virtual";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { LevelBar } from "./level-bar";
import { masteredIn } from "./mastery-words";
import type { OutcomeSummary } from "./outcomes-api";

interface MasteryHeaderProps {
  outcomes: readonly OutcomeSummary[];
  columns: VirtualItem[];
  learnerCount: number;
  nameWidth: number;
  height: number;
  /** The column that has the grid's one tab stop, if it is here. */
  activeColumn: number | undefined;
}

/** Each outcome, and how the class stands: who has reached mastery, and a bar of all levels. */
export const MasteryHeader = memo(function MasteryHeader(props: MasteryHeaderProps) {
  const { outcomes, columns, learnerCount, nameWidth, height, activeColumn } = props;
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the cells of the row take the focus
    <div role="row" aria-rowindex={1} className="gb-head" style={{ blockSize: height }}>
      <div
        role="columnheader"
        aria-colindex={1}
        className="gb-cell gb-name"
        style={{ inlineSize: nameWidth }}
        tabIndex={activeColumn === 0 ? 0 : -1}
        data-at="-1:0"
      >
        <span>{t("outcomes.grid.learner")}</span>
      </div>
      {columns.map((item) => {
        const outcome = outcomes[item.index];
        if (!outcome) return null;
        const { code, title, scale, levels } = outcome;
        return (
          <div
            key={outcome.course_outcome_id}
            role="columnheader"
            aria-colindex={item.index + 2}
            className="gb-cell"
            style={{ insetInlineStart: item.start, inlineSize: item.size }}
            tabIndex={activeColumn === item.index + 1 ? 0 : -1}
            data-at={`-1:${item.index + 1}`}
            title={`${code} ${title}`}
          >
            <strong>{code}</strong>
            <span className="mastery-title">{title}</span>
            <span className="muted">
              {t("outcomes.grid.mastered", { mastered: masteredIn(outcome), count: learnerCount })}
            </span>
            <LevelBar scale={scale} levels={levels} without={outcome.without_score} />
          </div>
        );
      })}
    </div>
  );
});
