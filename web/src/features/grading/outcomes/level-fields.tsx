import { Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../../../ui/button";
import { TextField } from "../../../ui/field";

export interface LevelDraft {
  key: number;
  name: string;
  points: string;
}

interface LevelFieldsProps {
  levels: LevelDraft[];
  error: (field: string) => string | undefined;
  onChange: (levels: LevelDraft[]) => void;
}

/** The levels of a scale with the points each begins at. */
export function LevelFields({ levels, error, onChange }: LevelFieldsProps) {
  const { t } = useTranslation();
  const set = (key: number, part: Partial<LevelDraft>) =>
    onChange(levels.map((one) => (one.key === key ? { ...one, ...part } : one)));
  return (
    <fieldset className="stack-tight">
      <legend>{t("outcomes.fields.levels")}</legend>
      <p className="small muted">{t("outcomes.fields.levelsHelp")}</p>
      {levels.map((level, at) => (
        <div key={level.key} className="outcome-level">
          <TextField
            label={t("outcomes.fields.level", { number: at + 1 })}
            value={level.name}
            error={error(`levels[${at}].name`)}
            onChange={(event) => set(level.key, { name: event.target.value })}
          />
          <TextField
            label={t("outcomes.fields.from")}
            inputMode="decimal"
            value={level.points}
            error={error(`levels[${at}].points`)}
            onChange={(event) => set(level.key, { points: event.target.value })}
          />
          <IconButton
            label={t("outcomes.fields.removeLevel", { name: level.name || at + 1 })}
            icon={<X size={16} />}
            onClick={() => onChange(levels.filter((one) => one.key !== level.key))}
          />
        </div>
      ))}
      {error("levels") && <p className="field-error">{error("levels")}</p>}
      <div>
        <Button
          icon={<Plus size={16} aria-hidden />}
          onClick={() =>
            onChange([
              ...levels,
              { key: Math.max(0, ...levels.map((one) => one.key)) + 1, name: "", points: "" },
            ])
          }
        >
          {t("outcomes.fields.addLevel")}
        </Button>
      </div>
    </fieldset>
  );
}
