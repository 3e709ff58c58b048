import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useCourseStanding } from "../../../lib/course-standing";
import { useLocale } from "../../../lib/i18n";
import { formatNumber, parseDecimal } from "../../../lib/numbers";
import { Badge } from "../../../ui/badge";
import { When } from "../../../ui/when";
import { type Scale, scoreWords } from "../gradebook/score-text";
import type { GradeItem } from "../grades-api";
import { LabelBadge, StatusBadge } from "../policy/label-badge";
import type { Guesses } from "./use-forecast";

interface GradesTableProps {
  items: GradeItem[];
  /** The course's letters, if it has any. */
  bands: Scale["bands"];
  /** The address of the course's assignments for this reader. */
  assignmentsAt: string;
  /** What is typed in place of scores; undefined where scores are only read. */
  guesses?: Guesses;
  onGuess: (assignmentId: number, text: string) => void;
}

/** A learner's line for each assignment: how it stands, and its score or a guess in its place. */
export function GradesTable({ assignmentsAt, items, bands, guesses, onGuess }: GradesTableProps) {
  const { t } = useTranslation();
  const { zone } = useCourseStanding();
  return (
    <div className="table-wrap">
      <table className="table" data-stack>
        <thead>
          <tr>
            <th>{t("grading.assignment")}</th>
            <th>{t("grading.due")}</th>
            <th>{t("grading.state")}</th>
            <th className="num">{t("grading.score")}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.assignment_id}>
              <th scope="row">
                <Link to={`${assignmentsAt}/${item.assignment_id}`}>{item.title}</Link>
              </th>
              <td data-label={t("grading.due")}>
                {item.due_at ? <When at={item.due_at} zone={zone} /> : "–"}
                {item.late_pass_until && (
                  <div className="small muted">
                    {t("grading.latePass.until")} <When at={item.late_pass_until} zone={zone} />
                  </div>
                )}
              </td>
              <td data-label={t("grading.state")}>
                <ItemState item={item} />
              </td>
              <td className="num" data-label={t("grading.score")}>
                {guesses ? (
                  <Guess
                    item={item}
                    text={guesses.get(item.assignment_id) ?? ""}
                    onGuess={(text) => onGuess(item.assignment_id, text)}
                  />
                ) : (
                  <Score item={item} bands={bands} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const isDropped = (item: GradeItem) => item.in_current.startsWith("dropped");

function ItemState({ item }: { item: GradeItem }) {
  const { t } = useTranslation();
  return (
    <span className="row">
      {item.missing && <LabelBadge kind="missing" assignmentId={item.assignment_id} />}
      {item.late && <LabelBadge kind="late" assignmentId={item.assignment_id} />}
      <StatusBadge number={item.label} />
      {item.late && item.late_exempt && <Badge>{t("grading.flag.lateExempt")}</Badge>}
      {isDropped(item) && <Badge>{t("grading.flag.dropped")}</Badge>}
      {item.score !== null && !item.missing_since && !isDropped(item) && (
        <Badge tone="good">{t("grading.graded")}</Badge>
      )}
      {item.score === null && !item.missing && !item.excused && (
        <span className="muted">{t("grading.notGraded")}</span>
      )}
    </span>
  );
}

function Score({ item, bands }: { item: GradeItem; bands: Scale["bands"] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { zone } = useCourseStanding();
  const scale = { type: item.grading_type, points: item.points_possible, bands };
  return (
    <>
      {item.excused
        ? t("grading.excused")
        : t("grading.scoreOf", {
            score: item.score === null ? "–" : scoreWords(item.score, scale, locale, t),
            points: formatNumber(item.points_possible, locale),
          })}
      {item.missing_since && (
        <div className="small muted">
          {t("gradePolicy.missing.since")} <When at={item.missing_since} zone={zone} />
        </div>
      )}
      {item.attempt != null && (
        <div className="small muted">{t("gradePolicy.attempts.one", { number: item.attempt })}</div>
      )}
      {typeof item.from_peers === "number" && (
        <div className="small muted">{t("peers.fromPeers", { count: item.from_peers })}</div>
      )}
      {item.points_deducted > 0 && item.entered_score !== null && (
        <div className="small muted">
          {t("grading.deducted", {
            points: formatNumber(item.points_deducted, locale),
            count: item.points_deducted,
          })}
        </div>
      )}
    </>
  );
}

interface GuessProps {
  item: GradeItem;
  text: string;
  onGuess: (text: string) => void;
}

function Guess({ item, text, onGuess }: GuessProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const points = formatNumber(item.points_possible, locale);
  const wrong = text.trim() !== "" && !((parseDecimal(text, locale) ?? -1) >= 0);
  return (
    <span className="guess">
      <input
        className="input"
        inputMode="decimal"
        aria-label={t("grading.forecast.guessFor", { title: item.title, points })}
        aria-invalid={wrong || undefined}
        placeholder={item.score === null ? "–" : formatNumber(item.score, locale)}
        value={text}
        onChange={(event) => onGuess(event.target.value)}
      />
      <span className="muted">{t("grading.ofPoints", { points })}</span>
    </span>
  );
}
