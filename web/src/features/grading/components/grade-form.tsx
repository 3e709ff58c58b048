import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { asProblem, fieldError, hasStatus } from "../../../lib/problem";
import { Button } from "../../../ui/button";
import { CheckField, TextArea, TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { When } from "../../../ui/when";
import { changeOf, type Entry, parseEntry, type Scale } from "../gradebook/score-text";
import { type GradeNow, type GradeWritten, writeGrade } from "../grades-api";
import { RemarkReach } from "./remark-reach";

interface GradeFormProps {
  assignmentId: number;
  userId: number;
  pointsPossible: number;
  /** How the assignment is graded, where that is more than points. */
  scale?: Scale;
  grade: { score: number | null; excused: boolean; version: number };
  /** Where a group is graded as one: not the others who made the work. */
  onlyThisLearner?: boolean;
  /** The learner reads the comment once the grade is posted. */
  remarksWait: boolean;
  onWritten: (written: GradeWritten) => void;
}

/** Score, comment and excuse for one learner; a conflict shows what stands before it writes again. */
export function GradeForm({
  assignmentId,
  userId,
  pointsPossible,
  scale,
  grade,
  onlyThisLearner,
  remarksWait,
  onWritten,
}: GradeFormProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const queryClient = useQueryClient();
  const [text, setText] = useState(
    grade.score === null ? "" : formatNumber(grade.score, locale, 6),
  );
  const [excused, setExcused] = useState(grade.excused);
  const [comment, setComment] = useState("");
  const [atOnce, setAtOnce] = useState(false);
  const [said, setSaid] = useState("");
  const [stands, setStands] = useState<Entry>(grade);
  const [version, setVersion] = useState(grade.version);
  // A saved criterion moves the grade on. That is no conflict unless the grade became another one while
  // somebody typed here.
  useEffect(() => {
    if (grade.version <= version) return;
    const shown = (score: number | null) => (score === null ? "" : formatNumber(score, locale, 6));
    const same = grade.score === stands.score && grade.excused === stands.excused;
    const typed = text !== shown(stands.score) || excused !== stands.excused;
    if (typed && !same) return;
    setVersion(grade.version);
    setStands({ score: grade.score, excused: grade.excused });
    if (typed) return;
    setText(shown(grade.score));
    setExcused(grade.excused);
  }, [grade, version, stands, text, excused, locale]);
  const entry = parseEntry(text, locale, scale);
  const wanted = { score: entry?.score ?? null, excused: excused || entry?.excused === true };
  // A remark alone leaves the grade as it is, and no entry in its history.
  const isChanged = wanted.score !== stands.score || wanted.excused !== stands.excused;

  const hasSomething = isChanged || comment.trim() !== "";

  const mutation = useMutation({
    mutationFn: () =>
      writeGrade(assignmentId, userId, {
        ...(isChanged && changeOf(wanted, stands)),
        comment: comment.trim() || undefined,
        comment_at_once: atOnce || undefined,
        only_this_learner: onlyThisLearner || undefined,
        version,
      }),
    onSuccess: (written) => {
      setVersion(written.version);
      setSaid(comment.trim());
      // After a remark alone the grade is what it was, also where nobody entered it.
      if (isChanged) {
        setStands({ score: written.entered_score, excused: written.status === "excused" });
      }
      setComment("");
      setAtOnce(false);
      onWritten(written);
      void queryClient.invalidateQueries({ queryKey: ["assignment", assignmentId] });
    },
  });

  const conflict = hasStatus(mutation.error, 409)
    ? (asProblem(mutation.error).current as GradeNow | undefined)
    : undefined;

  return (
    <Form
      error={conflict ? undefined : mutation.error}
      onSubmit={() => entry && hasSomething && !mutation.isPending && mutation.mutate()}
      label={t("grading.grade")}
    >
      <TextField
        label={t("grading.scoreField", { points: formatNumber(pointsPossible, locale) })}
        inputMode="decimal"
        value={text}
        error={entry ? fieldError(mutation.error, "score") : t("grading.notAScore", { text })}
        onChange={(event) => setText(event.target.value)}
      />
      <CheckField
        label={t("grading.excuse")}
        help={t("grading.excuseHelp")}
        checked={excused}
        onChange={(event) => setExcused(event.target.checked)}
      />
      <TextArea
        label={t("grading.comment")}
        rows={3}
        value={comment}
        onChange={(event) => setComment(event.target.value)}
      />
      {comment.trim() && <RemarkReach waits={remarksWait} atOnce={atOnce} onAtOnce={setAtOnce} />}
      {conflict && (
        <div className="notice" data-tone="bad" role="alert">
          <span className="grow">
            {t("grading.conflict.stands", {
              value:
                conflict.entered_score === null
                  ? "–"
                  : formatNumber(conflict.entered_score, locale),
              name: conflict.graded_by?.name ?? "",
            })}{" "}
            {conflict.graded_at && <When at={conflict.graded_at} relative />}
          </span>
          <Button
            onClick={() => {
              setVersion(conflict.version);
              setStands({
                score: conflict.entered_score,
                excused: conflict.status === "excused",
              });
              mutation.reset();
              setText(
                conflict.entered_score === null
                  ? ""
                  : formatNumber(conflict.entered_score, locale, 6),
              );
            }}
          >
            {t("grading.conflict.keepTheirs")}
          </Button>
          <Button
            onClick={() => {
              setVersion(conflict.version);
              mutation.reset();
            }}
          >
            {t("grading.conflict.keepMine")}
          </Button>
        </div>
      )}
      <div className="row">
        <Button kind="primary" type="submit" busy={mutation.isPending}>
          {t("grading.saveGrade")}
        </Button>
        {mutation.isSuccess && (
          <span className="small muted" role="status">
            {t("grading.grid.saved")}
            {said && ` “${said}”`}
          </span>
        )}
      </div>
    </Form>
  );
}
