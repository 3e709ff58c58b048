import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useId } from "../../../lib/address";
import type { Tone } from "../../../ui/badge";
import { flag } from "../grades-api";
import type { CustomStatus, GradeLabels, LabelKind } from "./labels-api";
import { labelsQuery } from "./labels-api";

/** Something to say beside a grade. */
export interface Said {
  words: string;
  tone: Tone;
}

export interface Labels {
  /** What late or missing work of an assignment is called; null where it is not said at all. */
  of: (kind: LabelKind, assignmentId: number) => Said | null;
  /** A status of the course's own by its number. */
  status: (number: number | null | undefined) => Said | null;
  statuses: CustomStatus[];
}

/** Above the flags of a cell stands the number of a status of the course's own. */
export const statusOf = (flags: number) => (flags >> 24) & 31;

const usual: Record<LabelKind, Tone> = { late: "warn", missing: "bad" };

export function labelsOf(labels: GradeLabels | undefined, t: TFunction): Labels {
  const statuses = labels?.statuses ?? [];
  return {
    statuses,
    of(kind, assignmentId) {
      const own = labels?.assignments.find((one) => one.assignment_id === assignmentId);
      const label = own?.[kind] ?? labels?.[kind];
      if (label?.off) return null;
      return {
        words: label?.words ?? t(`grading.flag.${kind}`),
        tone: label?.tone ?? usual[kind],
      };
    },
    status(number) {
      const found = number ? statuses.find((one) => one.number === number) : undefined;
      return found ? { words: found.words, tone: found.tone ?? "info" } : null;
    },
  };
}

/** All that is said of a cell: late, missing, and a status of the course's own. */
export function saidOf(flags: number, labels: Labels, assignmentId: number): Said[] {
  return [
    labels.status(statusOf(flags)),
    flags & flag.missing ? labels.of("missing", assignmentId) : null,
    flags & flag.late ? labels.of("late", assignmentId) : null,
  ].filter((said) => said !== null);
}

/** What the course of this page calls late and missing work: the same for everybody in it. */
export function useLabels(): Labels {
  const { t } = useTranslation();
  const { data } = useQuery(labelsQuery(useId("courseId")));
  return useMemo(() => labelsOf(data?.labels, t), [data, t]);
}
