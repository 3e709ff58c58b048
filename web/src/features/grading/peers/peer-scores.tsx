import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCourseStanding } from "../../../lib/course-standing";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { itemsOf } from "../../../lib/query-client";
import { Badge, type Tone } from "../../../ui/badge";
import { Button } from "../../../ui/button";
import { SelectField } from "../../../ui/field";
import { QueryView, ShowMore } from "../../../ui/query-view";
import { Empty } from "../../../ui/states";
import { Table } from "../../../ui/table";
import type { PeerPlan } from "./peers-api";
import { type PeerRule, type PeerScore, peerScoresQuery } from "./scores-api";
import { TakeoverDialog } from "./takeover-dialog";
import { TakeoverList } from "./takeover-list";

const rules: PeerRule[] = ["median", "mean", "weighted"];
const tones: Partial<Record<PeerScore["fate"], Tone>> = { changes: "info" };

/** What reviews suggest as scores, and the way to take them over as grades. */
export function PeerScores({ plan }: { plan: PeerPlan }) {
  const { assignment_id: assignmentId, reviews_per_work: most } = plan;
  const { t } = useTranslation();
  const { may } = useCourseStanding();
  const [rule, setRule] = useState<PeerRule>("median");
  const [fewest, setFewest] = useState(1);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [taking, setTaking] = useState(false);
  const query = useInfiniteQuery(peerScoresQuery(assignmentId, rule));
  const toggle = (id: number) =>
    setChosen((now) => {
      const next = new Set(now);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const lines = itemsOf(query.data);
  return (
    <section className="stack" aria-labelledby="peer-scores">
      <h2 id="peer-scores">{t("peers.scores.title")}</h2>
      <p className="small muted">{t("peers.scores.help")}</p>
      <div className="toolbar">
        <SelectField
          label={t("peers.scores.rule")}
          value={rule}
          onChange={(event) => setRule(event.target.value as PeerRule)}
          choices={rules
            .slice(0, plan.calibrates ? 3 : 2)
            .map((value) => ({ value, label: t(`peers.scores.rules.${value}`) }))}
        />
        <SelectField
          label={t("peers.scores.fewest")}
          value={String(fewest)}
          onChange={(event) => setFewest(Number(event.target.value))}
          choices={Array.from({ length: most }, (_, at) => ({
            value: String(at + 1),
            label: formatNumber(at + 1, "en"),
          }))}
        />
        {may("grade.record") && lines.some((line) => line.score !== null) && (
          <Button kind="primary" onClick={() => setTaking(true)}>
            {chosen.size > 0
              ? t("peers.scores.takeChosen", { count: chosen.size })
              : t("peers.scores.takeAll")}
          </Button>
        )}
      </div>
      <QueryView query={query}>
        {() =>
          lines.length === 0 ? (
            <Empty title={t("peers.overview.empty")} />
          ) : (
            <Lines {...{ lines, chosen, toggle }} />
          )
        }
      </QueryView>
      <ShowMore query={query} />
      <TakeoverList assignmentId={assignmentId} />
      {taking && (
        <TakeoverDialog
          assignmentId={assignmentId}
          choice={{ rule, fewest, learners: chosen.size > 0 ? [...chosen] : undefined }}
          onClose={() => setTaking(false)}
          onDone={() => {
            setTaking(false);
            setChosen(new Set());
          }}
        />
      )}
    </section>
  );
}

interface LinesProps {
  lines: PeerScore[];
  chosen: ReadonlySet<number>;
  toggle: (id: number) => void;
}

function Lines({ lines, chosen, toggle }: LinesProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const show = (value: number | null) => (value === null ? "–" : formatNumber(value, locale, 4));
  const columns = ["learner", "suggested", "reviews", "now", "fate"].map((c) =>
    t(`peers.scores.${c}`),
  );
  return (
    <Table columns={columns}>
      {lines.map((line) => (
        <tr key={line.user_id}>
          <td data-label={columns[0]}>
            <label className="row">
              <input
                type="checkbox"
                checked={chosen.has(line.user_id)}
                disabled={line.score === null}
                onChange={() => toggle(line.user_id)}
              />
              {line.name}
            </label>
          </td>
          <td data-label={columns[1]} className="figures">
            {show(line.score)}
          </td>
          <td data-label={columns[2]} className="figures">
            {line.scores.length > 0 ? line.scores.map(show).join(" · ") : "–"}{" "}
            {line.disagrees && <Badge tone="warn">{t("peers.scores.disagrees")}</Badge>}
          </td>
          <td data-label={columns[3]} className="figures">
            {show(line.entered)}
          </td>
          <td data-label={columns[4]}>
            <Badge tone={tones[line.fate]}>{t(`peers.scores.fates.${line.fate}`)}</Badge>
          </td>
        </tr>
      ))}
    </Table>
  );
}
