import "./beside.css";
import { useQuery } from "@tanstack/react-query";
import { useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { CheckField } from "../../../ui/field";
import { QueryView } from "../../../ui/query-view";
import { WorkPane } from "../annotate/work-pane";
import type { Submission } from "../api";
import { readWork } from "../speed/speed-api";
import { BesidePicker } from "./beside-picker";
import { MarkedDiff } from "./marked-diff";
import { diffTexts, type TextDiff } from "./text-diff";

/** What stands beside the work that is being graded. */
export type Beside =
  | { kind: "attempt"; submissionId: number }
  | { kind: "learner"; userId: number };

interface SideBySideProps {
  assignmentId: number;
  userId: number;
  name: string;
  attempts: Submission[];
  beside: Beside | undefined;
  onBeside: (beside: Beside | undefined) => void;
}

/** Two pieces of work next to each other; one at a time, by tabs, where there is no room. */
export function SideBySide(props: SideBySideProps) {
  const { assignmentId, userId, name, attempts, onBeside } = props;
  const { t } = useTranslation();
  const base = useId();
  const [front, setFront] = useState<"this" | "other">("this");
  const [marks, setMarks] = useState(true);
  const latest = attempts[0] as Submission;
  const beside = fitting(props);
  const earlier =
    beside?.kind === "attempt"
      ? attempts.find((one) => one.submission_id === beside.submissionId)
      : undefined;
  const diff = useMemo(
    () => (earlier?.body_text ? textsOf(earlier, latest) : undefined),
    [earlier, latest],
  );
  const shown = marks ? diff : undefined;
  const panel = (side: "this" | "other") => ({
    id: `${base}-${side}`,
    role: "tabpanel",
    "aria-labelledby": `${base}-${side}-tab`,
    "data-front": front === side || undefined,
    className: "stack",
  });
  return (
    <div className="stack">
      <div className="row">
        <BesidePicker
          assignmentId={assignmentId}
          userId={userId}
          attempts={attempts}
          beside={beside}
          onBeside={onBeside}
        />
        {diff !== undefined && (
          <CheckField
            label={t("beside.marks")}
            checked={marks}
            onChange={(event) => setMarks(event.target.checked)}
          />
        )}
      </div>
      {diff !== undefined && (
        <p className="muted small" role="status">
          {diff ? t("beside.places", { count: diff.places }) : t("beside.tooDifferent")}
        </p>
      )}
      <div className="beside-tabs" role="tablist" aria-label={t("beside.title")}>
        {(["this", "other"] as const).map((side) => (
          <button
            key={side}
            id={`${base}-${side}-tab`}
            type="button"
            role="tab"
            className="button"
            aria-selected={front === side}
            aria-controls={`${base}-${side}`}
            tabIndex={front === side ? 0 : -1}
            onClick={() => setFront(side)}
            onKeyDown={(event) => {
              if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
              event.preventDefault();
              const other = side === "this" ? "other" : "this";
              setFront(other);
              document.getElementById(`${base}-${other}-tab`)?.focus();
            }}
          >
            {side === "this" ? name : t("beside.other")}
          </button>
        ))}
      </div>
      <div className="beside">
        <div {...panel("this")}>
          {shown ? (
            <MarkedDiff
              stretches={shown.after}
              later
              label={t("grading.attempt", { number: latest.attempt })}
            />
          ) : (
            <WorkPane key={latest.submission_id} submission={latest} editable />
          )}
        </div>
        <div {...panel("other")}>
          {!beside && <p className="muted">{t("beside.choose")}</p>}
          {earlier &&
            (shown ? (
              <MarkedDiff
                stretches={shown.before}
                later={false}
                label={t("grading.attempt", { number: earlier.attempt })}
              />
            ) : (
              <WorkPane
                key={earlier.submission_id}
                submission={earlier}
                editable={false}
                keys={false}
              />
            ))}
          {beside?.kind === "learner" && (
            <OtherWork assignmentId={assignmentId} userId={beside.userId} />
          )}
        </div>
      </div>
    </div>
  );
}

/** The attempt before the latest where nothing else was chosen; never the work itself. */
function fitting({ beside, attempts, userId }: SideBySideProps): Beside | undefined {
  const [, before] = attempts;
  const first: Beside | undefined = before && {
    kind: "attempt",
    submissionId: before.submission_id,
  };
  if (beside?.kind === "learner") return beside.userId === userId ? first : beside;
  const known = attempts.some((one, at) => at > 0 && one.submission_id === beside?.submissionId);
  return known ? beside : first;
}

function textsOf(earlier: Submission, latest: Submission): TextDiff | null | undefined {
  if (!earlier.body_text || !latest.body_text) return undefined;
  return diffTexts(earlier.body_text, latest.body_text);
}

function OtherWork({ assignmentId, userId }: { assignmentId: number; userId: number }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ["assignment", assignmentId, "beside", userId],
    queryFn: () => readWork(assignmentId, userId),
  });
  return (
    <QueryView query={query} lines={6}>
      {({ name, work }) => (
        <>
          <h3>{name}</h3>
          {work.attempts[0] ? (
            <WorkPane
              key={work.attempts[0].submission_id}
              submission={work.attempts[0]}
              editable={false}
              keys={false}
            />
          ) : (
            <p className="muted">{t("grading.nothingHandedIn")}</p>
          )}
        </>
      )}
    </QueryView>
  );
}
