import { useTranslation } from "react-i18next";
import { useLocale } from "../../../../lib/i18n";
import { formatNumber } from "../../../../lib/numbers";
import { Badge } from "../../../../ui/badge";
import { Button } from "../../../../ui/button";
import type { AnswerGroup } from "./by-question-api";
import { standing, toGive } from "./marks";

/** Who answered so, as far as the page was told. */
export function GivenBy({ group }: { group: AnswerGroup }) {
  const { t } = useTranslation();
  const all = group.waiting || group.judged;
  if (all < 2) return null;
  const more = all - group.learners.length;
  return (
    <details>
      <summary>{t("byQuestion.who")}</summary>
      <p className="small">
        <bdi>{group.learners.map((one) => one.name).join(", ")}</bdi>
        {more > 0 && ` ${t("byQuestion.andMore", { count: more })}`}
      </p>
    </details>
  );
}

interface AlikeProps {
  group: AnswerGroup;
  points: number;
  onSame: (score: number, feedback: string) => void;
}

/** What others were given for the same answer, and the part of a large group that is marked now. */
export function Alike({ group, points, onSame }: AlikeProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const now = toGive(group).length;
  const all = group.waiting || group.judged;
  const given = standing(group.marks.filter((mark) => mark.score !== null));
  return (
    <>
      {now < all && <p className="notice">{t("byQuestion.part", { count: now, total: all })}</p>}
      {group.waiting > 0 && group.judged > 0 && (
        <div className="notice">
          <span className="grow">
            {t(given ? "byQuestion.alike" : "byQuestion.alikeMixed", { count: group.judged })}{" "}
            {given && (
              <Badge>
                {t("questions.earned", {
                  score: formatNumber(given.score ?? 0, locale, 4),
                  points: formatNumber(points, locale, 4),
                })}
              </Badge>
            )}
          </span>
          {given && (
            <Button onClick={() => onSame(given.score ?? 0, given.feedback)}>
              {t("byQuestion.same")}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
