import { type KeyboardEvent, memo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { actionFor } from "../gradebook/grid-keys";
import type { At } from "../gradebook/grid-layout";
import { LevelBar } from "./level-bar";
import type { MasteryRow, OutcomeSummary } from "./outcomes-api";
import { toneOf } from "./standing-view";

interface MasteryGridProps {
  outcomes: readonly OutcomeSummary[];
  rows: MasteryRow[];
  learnerCount: number;
  onOpen: (row: MasteryRow, outcome: OutcomeSummary) => void;
}

const PAGE_ROWS = 10;

/** Learners by outcomes: one stop for Tab, arrows inside, Enter shows how a number came about. */
export function MasteryGrid({ outcomes, rows, learnerCount, onOpen }: MasteryGridProps) {
  const { t } = useTranslation();
  const ref = useRef<HTMLTableElement>(null);
  const [at, setAt] = useState<At>({ row: 0, column: 0 });

  function focus(to: At) {
    setAt(to);
    const cell = ref.current?.querySelector<HTMLElement>(`[data-at="${to.row} ${to.column}"]`);
    cell?.focus();
    cell?.scrollIntoView?.({ block: "nearest", inline: "nearest" });
  }

  function onKeyDown(event: KeyboardEvent) {
    // Tab leaves: there is nothing to type in here.
    if (event.key === "Tab") return;
    const action = actionFor(event, {
      at,
      rowCount: rows.length,
      columnCount: outcomes.length,
      pageRows: PAGE_ROWS,
      isScore: false,
      takesWords: false,
      rtl: document.dir === "rtl",
    });
    if (!action) return;
    if (action.kind === "move") {
      event.preventDefault();
      focus({ ...action.to, row: Math.max(0, action.to.row) });
    } else if (action.kind === "open") {
      event.preventDefault();
      const [row, outcome] = [rows[at.row], outcomes[at.column]];
      if (row && outcome) onOpen(row, outcome);
    }
  }

  return (
    <div className="mastery-wrap">
      <table
        ref={ref}
        className="mastery"
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table with a grid's keys
        role="grid"
        aria-label={t("course.mastery")}
        aria-rowcount={learnerCount + 1}
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr>
            <th scope="col">{t("outcomes.grid.learner")}</th>
            {outcomes.map((outcome) => (
              <th key={outcome.course_outcome_id} scope="col">
                <OutcomeHead outcome={outcome} learnerCount={learnerCount} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <Line
              key={row.user_id}
              row={row}
              index={index}
              outcomes={outcomes}
              focused={at.row === index ? at.column : undefined}
              onFocus={setAt}
              onOpen={onOpen}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The outcome, and how the class stands: who has reached mastery, and a bar of all levels. */
function OutcomeHead({ outcome, learnerCount }: { outcome: OutcomeSummary; learnerCount: number }) {
  const { t } = useTranslation();
  const { scale, levels } = outcome;
  const mastered = levels.reduce(
    (sum, count, at) =>
      (scale.levels[at]?.points ?? 0) >= scale.mastery_points ? sum + count : sum,
    0,
  );
  return (
    <span className="mastery-head" title={outcome.title}>
      <span>{outcome.code}</span>
      <span className="mastery-title">{outcome.title}</span>
      <span className="small muted">
        {t("outcomes.grid.mastered", { mastered, count: learnerCount })}
      </span>
      <LevelBar scale={scale} levels={levels} without={outcome.without_score} />
    </span>
  );
}

interface LineProps {
  row: MasteryRow;
  index: number;
  outcomes: readonly OutcomeSummary[];
  /** The column that has the grid's one tab stop, if it is in this row. */
  focused: number | undefined;
  onFocus: (at: At) => void;
  onOpen: (row: MasteryRow, outcome: OutcomeSummary) => void;
}

const Line = memo(function Line({ row, index, outcomes, focused, onFocus, onOpen }: LineProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  return (
    <tr aria-rowindex={index + 2}>
      <th scope="row">{row.name}</th>
      {outcomes.map((outcome, column) => {
        const { score = null, level = null, learner_score = null } = row.cells[column] ?? {};
        const name = level === null ? t("outcomes.noLevel") : outcome.scale.levels[level - 1]?.name;
        const differs = score !== learner_score;
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys of all its cells
          <td
            key={outcome.course_outcome_id}
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of the grid
            role="gridcell"
            data-at={`${index} ${column}`}
            data-tone={toneOf(outcome.scale, level)}
            tabIndex={focused === column ? 0 : -1}
            onFocus={() => onFocus({ row: index, column })}
            onClick={() => onOpen(row, outcome)}
            aria-label={[
              row.name,
              outcome.code,
              score === null ? name : `${formatNumber(score, locale)}, ${name}`,
              differs && t("outcomes.grid.differs"),
            ]
              .filter(Boolean)
              .join(", ")}
          >
            <span className="figures">{score === null ? "–" : formatNumber(score, locale)}</span>
            <span className="small">
              {score !== null && name}
              {differs && " *"}
            </span>
          </td>
        );
      })}
    </tr>
  );
});
