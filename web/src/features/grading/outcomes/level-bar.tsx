import { useTranslation } from "react-i18next";
import { type Scale, toneOf } from "./standing-view";

interface LevelBarProps {
  scale: Scale;
  /** Learners at each level, from the lowest. */
  levels: readonly number[];
  /** Who has no score yet. */
  without: number;
}

/** How a class is spread over the levels; its words are what a screen reader says. */
export function LevelBar({ scale, levels, without }: LevelBarProps) {
  const { t } = useTranslation();
  const words = [
    ...scale.levels.map((level, at) => `${level.name}: ${levels[at] ?? 0}`),
    `${t("outcomes.noLevel")}: ${without}`,
  ].join(", ");
  return (
    <span className="mastery-bar" role="img" aria-label={words} title={words}>
      {levels.map((count, at) => (
        <span
          key={scale.levels[at]?.name}
          data-tone={toneOf(scale, at + 1)}
          style={{ flexGrow: count }}
        />
      ))}
      <span style={{ flexGrow: without }} />
    </span>
  );
}
