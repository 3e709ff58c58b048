import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber, parseDecimal } from "../../../lib/numbers";
import { Button } from "../../../ui/button";
import { TextArea, TextField } from "../../../ui/field";
import { When } from "../../../ui/when";
import { focusNextOpen } from "./criteria-focus";
import { CriterionHead } from "./rubric-view";
import type { Criterion, CriterionScore } from "./rubrics-api";
import type { Said } from "./use-assessment";

interface CriterionAssessProps {
  criterion: Criterion;
  score?: CriterionScore;
  /** What is on its way to the server: shown as chosen, and what the next choice builds on. */
  sending?: Said;
  /** What was said here while somebody else said something else. */
  conflict?: Said;
  onChange: (said: Said) => void;
  onChoose: (mine: boolean) => void;
}

/** One criterion: its levels as buttons (1 to 9 on the keyboard), points, and words. */
export function CriterionAssess(props: CriterionAssessProps) {
  const { criterion, score, sending, conflict, onChange, onChoose } = props;
  const chosen = sending ?? score;
  const { t } = useTranslation();
  const locale = useLocale();
  const say = (points: number | null | undefined) =>
    points === null || points === undefined ? "" : formatNumber(points, locale, 4);
  const [text, setText] = useState(say(score?.points));
  const [comment, setComment] = useState(score?.comment ?? "");
  const [wrong, setWrong] = useState(false);

  // What somebody is typing stays when a save returns; what only showed the server's words follows them.
  const shown = useRef({ text, comment });
  const serverText = say(score?.points);
  const serverComment = score?.comment ?? "";
  useEffect(() => {
    const before = shown.current;
    shown.current = { text: serverText, comment: serverComment };
    setText((now) => (now === before.text ? serverText : now));
    setComment((now) => (now === before.comment ? serverComment : now));
  }, [serverText, serverComment]);

  const said = (part: Partial<Said>): Said => ({
    points: chosen?.points ?? null,
    rating_id: chosen?.rating_id ?? null,
    comment: comment.trim() || null,
    ...part,
  });

  function typed() {
    const points = text.trim() === "" ? null : parseDecimal(text, locale);
    setWrong(points === undefined);
    if (points === undefined || points === (chosen?.points ?? null)) return;
    onChange(said({ points, rating_id: null }));
  }

  return (
    <fieldset
      className="criterion"
      onKeyDown={(event) => {
        const at = Number(event.key) - 1;
        const inField = /^(INPUT|TEXTAREA)$/.test((event.target as HTMLElement).tagName);
        const level = criterion.ratings[at];
        if (!level || inField || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        onChange(said({ points: level.points, rating_id: level.rating_id }));
        focusNextOpen(event.currentTarget);
      }}
    >
      <legend className="visually-hidden">{criterion.description}</legend>
      <CriterionHead criterion={criterion} points={score?.points} assessed />
      {criterion.ratings.length > 0 && (
        <div className="ratings">
          {criterion.ratings.map((rating, at) => (
            <button
              type="button"
              className="rating"
              key={rating.rating_id}
              aria-pressed={chosen?.rating_id === rating.rating_id}
              onClick={() =>
                onChange(
                  chosen?.rating_id === rating.rating_id
                    ? said({ points: null, rating_id: null })
                    : said({ points: rating.points, rating_id: rating.rating_id }),
                )
              }
            >
              <span>
                <kbd aria-hidden>{at + 1}</kbd> {rating.description}
              </span>
              <span className="small figures muted">{formatNumber(rating.points, locale, 4)}</span>
            </button>
          ))}
        </div>
      )}
      {(criterion.ratings.length === 0 || criterion.ranges) && (
        <div className="points-input">
          <TextField
            label={t("rubrics.points")}
            inputMode="decimal"
            value={text}
            error={wrong ? t("grading.notAScore", { text }) : undefined}
            onChange={(event) => setText(event.target.value)}
            onBlur={typed}
            onKeyDown={(event) => event.key === "Enter" && typed()}
          />
        </div>
      )}
      {criterion.free_comments && (
        <TextArea
          label={t("rubrics.commentOn")}
          rows={1}
          style={{ minBlockSize: 0 }}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
          onBlur={() => comment.trim() !== (chosen?.comment ?? "") && onChange(said({}))}
        />
      )}
      {conflict && (
        <div className="notice" data-tone="bad" role="alert">
          <span className="grow">
            {t("rubrics.conflict", {
              name: score?.grader_name ?? "",
              theirs: say(score?.points) || "–",
              mine: say(conflict.points) || "–",
            })}{" "}
            {score && <When at={score.at} relative />}
          </span>
          <Button
            onClick={() => {
              setText(serverText);
              setComment(serverComment);
              onChoose(false);
            }}
          >
            {t("grading.conflict.keepTheirs")}
          </Button>
          <Button onClick={() => onChoose(true)}>{t("grading.conflict.keepMine")}</Button>
        </div>
      )}
    </fieldset>
  );
}
