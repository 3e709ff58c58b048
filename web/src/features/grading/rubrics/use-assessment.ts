import { useEffect, useRef, useState } from "react";
import { asProblem, hasStatus } from "../../../lib/problem";
import type { SaveStatus } from "../../../ui/save-state";
import {
  type Assessment,
  type CriterionChange,
  type SavedAssessment,
  saveCriterion,
} from "./rubrics-api";

/** What a grader says of one criterion. */
export interface Said {
  points: number | null;
  rating_id: string | null;
  comment: string | null;
}

/**
 * One assessment being made. Saves follow each other, so that the second builds upon the version the
 * first one brought; what somebody else said of the same criterion is kept beside one's own.
 */
export function useAssessment(
  assignmentId: number,
  userId: number,
  assessment: Assessment,
  onSaved: (saved: SavedAssessment) => void,
  of: Pick<CriterionChange, "only_this_learner" | "submission_id"> = {},
) {
  const [now, setNow] = useState(assessment);
  const [status, setStatus] = useState<SaveStatus>({ kind: "idle" });
  // Chosen as soon as it is said: whoever is quick must not choose for the same criterion twice.
  const [sending, setSending] = useState<Record<string, Said>>({});
  const [conflicts, setConflicts] = useState<Record<string, Said>>({});
  const [rubricChanged, setRubricChanged] = useState(false);
  const [error, setError] = useState<unknown>();
  const latest = useRef(assessment);
  const queue = useRef(Promise.resolve());
  const meant = useRef(of);
  meant.current = of;

  useEffect(() => {
    // What was read again is newer only if the grade has moved on.
    if ((assessment.grade_version ?? 0) < (latest.current.grade_version ?? 0)) return;
    latest.current = assessment;
    setNow(assessment);
  }, [assessment]);

  const take = (next: Assessment) => {
    latest.current = next;
    setNow(next);
  };

  async function send(criterionId: string, said: Said, of: typeof meant.current) {
    setStatus({ kind: "saving" });
    setError(undefined);
    try {
      const saved = await saveCriterion(assignmentId, userId, criterionId, {
        ...said,
        version: versionOf(latest.current, criterionId),
        rubric_version: latest.current.rubric.version,
        ...of,
      });
      take(saved.assessment);
      setStatus({ kind: "saved", at: saved.grade.graded_at });
      onSaved(saved);
    } catch (failure) {
      const problem = asProblem(failure);
      const current = problem.current as Assessment | undefined;
      if (hasStatus(failure, 409) && current) {
        setRubricChanged(current.rubric.version !== latest.current.rubric.version);
        take(current);
        setConflicts((all) => ({ ...all, [criterionId]: said }));
      } else if (!problem.offline) setError(failure);
      setStatus({ kind: "failed", offline: problem.offline, reason: problem.detail });
    } finally {
      // Something newer may already be waiting behind it.
      setSending(({ [criterionId]: last, ...others }) =>
        last === undefined || last === said ? others : { ...others, [criterionId]: last },
      );
    }
  }

  function save(criterionId: string, said: Said) {
    setSending((all) => ({ ...all, [criterionId]: said }));
    // What waits is for the attempt it was said of, whichever is shown when its turn comes.
    const of = meant.current;
    queue.current = queue.current.then(() => send(criterionId, said, of));
  }

  /** Ends a conflict: with one's own words, which are sent again, or with those that stand. */
  function choose(criterionId: string, mine: boolean) {
    const { [criterionId]: said, ...others } = conflicts;
    setConflicts(others);
    setStatus({ kind: "idle" });
    if (mine && said) save(criterionId, said);
  }

  return { now, status, error, sending, conflicts, rubricChanged, save, choose };
}

function versionOf(assessment: Assessment, criterionId: string): number {
  return assessment.criteria.find((one) => one.criterion_id === criterionId)?.version ?? 0;
}
