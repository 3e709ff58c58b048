import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { FolderPlus, Grid3x3, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCourseStanding } from "../../../lib/course-standing";
import { Badge } from "../../../ui/badge";
import { Button } from "../../../ui/button";
import { Page } from "../../../ui/page";
import { QueryView } from "../../../ui/query-view";
import { ActionFailed, Empty } from "../../../ui/states";
import { AlignDialog } from "./align-dialog";
import { OutcomeGroupDialog } from "./group-dialog";
import { OutcomeDialog } from "./outcome-dialog";
import { OutcomeGroups, OutcomeLine } from "./outcome-list";
import { OutcomeTransfer } from "./outcome-transfer";
import {
  type Alignment,
  type CourseOutcome,
  type CourseOutcomes,
  courseOutcomesQuery,
  leaveOut,
  type Outcome,
  type OutcomeGroup,
  takeOutcomes,
} from "./outcomes-api";

type Open =
  | { kind: "outcome"; outcome?: Outcome }
  | { kind: "group"; group?: OutcomeGroup }
  | { kind: "align"; taken: CourseOutcome };

/** What a course works towards, what shows it, and what it could take in. */
export function CourseOutcomesScreen({ courseId }: { courseId: number }) {
  const { t } = useTranslation();
  const { may } = useCourseStanding();
  const query = useQuery(courseOutcomesQuery(courseId));
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const manages = may("outcome.manage");
  return (
    <Page
      title={t("course.outcomes")}
      actions={
        <>
          {may("grade.read") && (
            <Link className="button" to={`/courses/${courseId}/outcomes/mastery`}>
              <Grid3x3 size={16} aria-hidden /> {t("course.mastery")}
            </Link>
          )}
          {manages && (
            <Button
              icon={<FolderPlus size={16} aria-hidden />}
              onClick={() => setOpen({ kind: "group" })}
            >
              {t("outcomes.groups.add")}
            </Button>
          )}
          {manages && (
            <Button
              kind="primary"
              icon={<Plus size={16} aria-hidden />}
              onClick={() => setOpen({ kind: "outcome" })}
            >
              {t("outcomes.add")}
            </Button>
          )}
        </>
      }
    >
      <QueryView query={query} lines={4}>
        {(outcomes) => {
          const own = outcomes.groups.filter((one) => one.course_id !== null);
          return (
            <>
              <Taken courseId={courseId} outcomes={outcomes} manages={manages} onOpen={setOpen} />
              <Available courseId={courseId} outcomes={outcomes} manages={manages} />
              {manages && own.length > 0 && (
                <section className="panel stack" aria-labelledby="outcome-groups">
                  <h2 id="outcome-groups">{t("outcomes.groups.title")}</h2>
                  <OutcomeGroups
                    groups={own}
                    onEdit={(group) => setOpen({ kind: "group", group })}
                  />
                </section>
              )}
              {manages && <OutcomeTransfer owner={{ courseId }} />}
              {open?.kind === "outcome" && (
                <OutcomeDialog
                  owner={{ courseId }}
                  outcome={open.outcome}
                  groups={own}
                  onClose={close}
                />
              )}
              {open?.kind === "group" && (
                <OutcomeGroupDialog
                  owner={{ courseId }}
                  group={open.group}
                  groups={own}
                  onClose={close}
                />
              )}
              {open?.kind === "align" && (
                <AlignDialog
                  courseId={courseId}
                  taken={open.taken}
                  choices={outcomes.choices}
                  onClose={close}
                />
              )}
            </>
          );
        }}
      </QueryView>
    </Page>
  );
}

interface TakenProps {
  courseId: number;
  outcomes: CourseOutcomes;
  manages: boolean;
  onOpen: (open: Open) => void;
}

function Taken({ courseId, outcomes, manages, onOpen }: TakenProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: (taken: CourseOutcome) => leaveOut(taken.course_outcome_id),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["course", courseId] }),
  });
  return (
    <section className="panel stack" aria-labelledby="outcomes-taken">
      <h2 id="outcomes-taken">{t("outcomes.taken")}</h2>
      <ActionFailed error={remove.error} />
      {outcomes.taken.length === 0 ? (
        <Empty title={t("outcomes.empty")}>{t("outcomes.emptyHelp")}</Empty>
      ) : (
        <ul className="rows">
          {outcomes.taken.map((taken) => (
            <li key={taken.course_outcome_id} className="rows-link outcome-row">
              <OutcomeLine
                outcome={taken.outcome}
                groups={outcomes.groups}
                inherited={taken.outcome.account_id !== null}
              >
                <br />
                <ShownBy alignments={taken.alignments} />
              </OutcomeLine>
              {taken.newest_version > taken.outcome.version && (
                <Badge tone="info">
                  {t("outcomes.behind", { version: taken.outcome.version })}
                </Badge>
              )}
              {manages && (
                <span className="row">
                  <Button onClick={() => onOpen({ kind: "align", taken })}>
                    {t("outcomes.align.open")}
                    <span className="visually-hidden"> {taken.outcome.code}</span>
                  </Button>
                  {taken.outcome.course_id !== null && (
                    <Button
                      aria-label={t("outcomes.edit", { code: taken.outcome.code })}
                      onClick={() => onOpen({ kind: "outcome", outcome: taken.outcome })}
                    >
                      {t("action.edit")}
                    </Button>
                  )}
                  <Button kind="quiet" onClick={() => remove.isPending || remove.mutate(taken)}>
                    {t("outcomes.leaveOut")}
                    <span className="visually-hidden"> {taken.outcome.code}</span>
                  </Button>
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function ShownBy({ alignments }: { alignments: readonly Alignment[] }) {
  const { t } = useTranslation();
  const words = alignments.map((one) => one.assignment ?? `${one.rubric}: ${one.criterion}`);
  return (
    <span className="small">
      {words.length > 0 ? t("outcomes.shownBy", { list: words.join(", ") }) : t("outcomes.unshown")}
    </span>
  );
}

function Available({ courseId, outcomes, manages }: Omit<TakenProps, "onOpen">) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const take = useMutation({
    mutationFn: (outcome: Outcome) => takeOutcomes(courseId, [outcome.outcome_id]),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ["course", courseId] }),
  });
  if (outcomes.available.length === 0) return null;
  return (
    <section className="panel stack" aria-labelledby="outcomes-available">
      <h2 id="outcomes-available">{t("outcomes.available")}</h2>
      <ActionFailed error={take.error} />
      <ul className="rows">
        {outcomes.available.map((outcome) => (
          <li key={outcome.outcome_id} className="rows-link">
            <OutcomeLine
              outcome={outcome}
              groups={outcomes.groups}
              inherited={outcome.account_id !== null}
            />
            {manages && (
              <Button onClick={() => take.isPending || take.mutate(outcome)}>
                {t("outcomes.take")}
                <span className="visually-hidden"> {outcome.code}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
