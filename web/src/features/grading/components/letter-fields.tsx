import "./policy.css";
import { Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { fieldError } from "../../../lib/problem";
import { Button } from "../../../ui/button";
import { CheckField, SelectField, TextField } from "../../../ui/field";
import type { LetterScheme } from "../policy-api";

interface LetterFieldsProps {
  scheme: LetterScheme | null;
  error: unknown;
  onChange: (scheme: LetterScheme | null) => void;
}

type Band = LetterScheme["bands"][number];

const ladder = (...steps: [string, number][]): Band[] =>
  steps.map(([letter, lower_percent]) => ({ letter, lower_percent }));

const presets: Record<string, Band[]> = {
  plain: ladder(["A", 90], ["B", 80], ["C", 70], ["D", 60], ["F", 0]),
  signs: ladder(
    ["A", 93],
    ["A−", 90],
    ["B+", 87],
    ["B", 83],
    ["B−", 80],
    ["C+", 77],
    ["C", 73],
    ["C−", 70],
    ["D+", 67],
    ["D", 63],
    ["D−", 60],
    ["F", 0],
  ),
  degree: ladder(["1st", 70], ["2:1", 60], ["2:2", 50], ["3rd", 40], ["Fail", 0]),
  pass: ladder(["Pass", 50], ["Fail", 0]),
};

const isBands = (bands: Band[]) => (name: string) =>
  JSON.stringify(presets[name]) ===
  JSON.stringify(bands.map(({ letter, lower_percent }) => ({ letter, lower_percent })));

const hasPoints = (bands: Band[]) => bands.some((band) => typeof band.grade_points === "number");

const usual = new Map(
  ["A 4", "A− 3.7", "B+ 3.3", "B 3", "B− 2.7", "C+ 2.3", "C 2", "C− 1.7", "D+ 1.3", "D 1"].map(
    (pair): [string, number] => [pair.split(" ")[0] ?? "", Number(pair.split(" ")[1])],
  ),
);

/** The usual points of four where a letter has any; what is another letter begins at none. */
const withPoints = (bands: Band[], wanted: boolean): Band[] =>
  bands.map((band) => ({
    ...band,
    grade_points: wanted ? (usual.get(band.letter.replace("-", "−")) ?? 0) : null,
  }));

/** Which letter stands beside which percent, and from which percent it is read. */
export function LetterFields({ scheme, error, onChange }: LetterFieldsProps) {
  const { t } = useTranslation();
  const wrong = fieldError(error, "letter_scheme");
  return (
    <>
      <CheckField
        label={t("grading.letters.use")}
        checked={scheme !== null}
        onChange={(event) =>
          onChange(
            event.target.checked
              ? { scheme_id: 0, version: 0, bands: presets.plain ?? [], basis: "unrounded" }
              : null,
          )
        }
      />
      {scheme && (
        <fieldset className="stack">
          <legend className="visually-hidden">{t("grading.letters.title")}</legend>
          <div className="form-grid">
            <SelectField
              label={t("grading.letters.from")}
              value={Object.keys(presets).find(isBands(scheme.bands)) ?? ""}
              onChange={(event) =>
                onChange({ ...scheme, bands: presets[event.target.value] ?? scheme.bands })
              }
              choices={["", ...Object.keys(presets)].map((value) => ({
                value,
                label: t(`grading.letters.preset.${value || "own"}`),
              }))}
            />
            <SelectField
              label={t("grading.letters.basis")}
              value={scheme.basis}
              onChange={(event) =>
                onChange({ ...scheme, basis: event.target.value as LetterScheme["basis"] })
              }
              choices={(["unrounded", "rounded"] as const).map((value) => ({
                value,
                label: t(`grading.letters.by.${value}`),
              }))}
            />
          </div>
          <CheckField
            label={t("grading.letters.points")}
            help={t("grading.letters.pointsHelp")}
            checked={hasPoints(scheme.bands)}
            onChange={(event) =>
              onChange({ ...scheme, bands: withPoints(scheme.bands, event.target.checked) })
            }
          />
          <Bands bands={scheme.bands} onChange={(bands) => onChange({ ...scheme, bands })} />
          {wrong && (
            <p className="notice" data-tone="bad">
              {wrong}
            </p>
          )}
        </fieldset>
      )}
    </>
  );
}

function Bands({ bands, onChange }: { bands: Band[]; onChange: (bands: Band[]) => void }) {
  const { t } = useTranslation();
  const change = (place: number, part: Partial<Band>) =>
    onChange(bands.map((band, i) => (i === place ? { ...band, ...part } : band)));
  return (
    <>
      <ol className="band-list">
        {bands.map((band, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a letter is what is being typed
          <li key={place} className="row">
            <TextField
              label={t("grading.letters.letter")}
              value={band.letter}
              onChange={(event) => change(place, { letter: event.target.value })}
            />
            <TextField
              label={t("grading.letters.lower")}
              type="number"
              step="any"
              value={band.lower_percent}
              onChange={(event) =>
                change(place, { lower_percent: event.target.valueAsNumber || 0 })
              }
            />
            {hasPoints(bands) && (
              <TextField
                label={t("grading.letters.worth")}
                type="number"
                step="any"
                value={band.grade_points ?? 0}
                onChange={(event) =>
                  change(place, { grade_points: event.target.valueAsNumber || 0 })
                }
              />
            )}
            <Button
              icon={<X size={16} aria-hidden />}
              aria-label={t("grading.letters.remove", { letter: band.letter })}
              onClick={() => onChange(bands.filter((_, i) => i !== place))}
            />
          </li>
        ))}
      </ol>
      <div>
        <Button
          icon={<Plus size={16} aria-hidden />}
          onClick={() =>
            onChange([
              ...bands,
              { letter: "", lower_percent: 0, ...(hasPoints(bands) ? { grade_points: 0 } : {}) },
            ])
          }
        >
          {t("grading.letters.add")}
        </Button>
      </div>
    </>
  );
}
