import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../../../ui/button";
import { CheckField, TextArea, TextField } from "../../../ui/field";
import { blankRating, type CriterionDraft, type RatingDraft } from "./rubric-draft";

interface CriterionFieldsProps {
  criterion: CriterionDraft;
  number: number;
  isFirst: boolean;
  isLast: boolean;
  /** The complaint about one of its fields, by the path below the criterion. */
  error: (field: string) => string | undefined;
  onChange: (part: Partial<CriterionDraft>) => void;
  onMove: (by: number) => void;
  onRemove: () => void;
}

const flags = ["ranges", "free_comments", "scoring"] as const;

/** One criterion while it is edited. Alt and an arrow move it, wherever the focus is in it. */
export function CriterionFields(props: CriterionFieldsProps) {
  const { criterion, number, isFirst, isLast, error, onChange, onMove, onRemove } = props;
  const { t } = useTranslation();
  const setRating = (key: string, part: Partial<RatingDraft>) =>
    onChange({
      ratings: criterion.ratings.map((one) => (one.key === key ? { ...one, ...part } : one)),
    });
  return (
    <fieldset
      className="criterion"
      data-criterion={criterion.key}
      onKeyDown={(event) => {
        if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
        event.preventDefault();
        onMove(event.key === "ArrowUp" ? -1 : 1);
      }}
    >
      <legend className="row-between">
        <strong>{t("rubrics.criterionNumber", { number })}</strong>
        <span className="row">
          <IconButton
            label={t("rubrics.moveUp")}
            icon={<ArrowUp size={16} />}
            disabled={isFirst}
            onClick={() => onMove(-1)}
          />
          <IconButton
            label={t("rubrics.moveDown")}
            icon={<ArrowDown size={16} />}
            disabled={isLast}
            onClick={() => onMove(1)}
          />
          <IconButton
            label={t("rubrics.removeCriterion", { number })}
            icon={<Trash2 size={16} />}
            onClick={onRemove}
          />
        </span>
      </legend>
      <TextField
        label={t("rubrics.description")}
        required
        value={criterion.description}
        error={error("description")}
        onChange={(event) => onChange({ description: event.target.value })}
      />
      <TextArea
        label={t("rubrics.longDescription")}
        rows={2}
        value={criterion.long_description}
        error={error("long_description")}
        onChange={(event) => onChange({ long_description: event.target.value })}
      />
      <TextField
        label={t("rubrics.most")}
        inputMode="decimal"
        value={criterion.points}
        error={error("points")}
        onChange={(event) => onChange({ points: event.target.value })}
      />
      <div className="stack-tight">
        <span className="field-legend">{t("rubrics.ratings")}</span>
        {criterion.ratings.length === 0 && (
          <p className="small muted">{t("rubrics.ratingsNone")}</p>
        )}
        {criterion.ratings.map((rating, at) => (
          <div className="rating-edit" key={rating.key}>
            <TextField
              label={t("rubrics.points")}
              inputMode="decimal"
              value={rating.points}
              error={error(`ratings[${at}].points`)}
              onChange={(event) => setRating(rating.key, { points: event.target.value })}
            />
            <TextField
              label={t("rubrics.ratingText", { number: at + 1 })}
              value={rating.description}
              error={error(`ratings[${at}].description`)}
              onChange={(event) => setRating(rating.key, { description: event.target.value })}
            />
            <IconButton
              label={t("rubrics.removeRating", { number: at + 1 })}
              icon={<Trash2 size={16} />}
              onClick={() =>
                onChange({ ratings: criterion.ratings.filter((one) => one.key !== rating.key) })
              }
            />
          </div>
        ))}
        <div>
          <Button
            icon={<Plus size={16} aria-hidden />}
            onClick={() => onChange({ ratings: [...criterion.ratings, blankRating()] })}
          >
            {t("rubrics.addRating")}
          </Button>
        </div>
      </div>
      {flags.map((flag) => (
        <CheckField
          key={flag}
          label={t(`rubrics.flag.${flag}`)}
          help={t(`rubrics.flagHelp.${flag}`)}
          checked={criterion[flag]}
          onChange={(event) => onChange({ [flag]: event.target.checked })}
        />
      ))}
    </fieldset>
  );
}
