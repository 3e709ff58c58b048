import "./similarity.css";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFilters } from "../../../lib/address";
import { announce } from "../../../lib/announce";
import { useHotkeys } from "../../../lib/hotkeys";
import { useLocale } from "../../../lib/i18n";
import { formatPercent } from "../../../lib/numbers";
import { Button, IconButton } from "../../../ui/button";
import { Page } from "../../../ui/page";
import { QueryView } from "../../../ui/query-view";
import { ActionFailed } from "../../../ui/states";
import { merged } from "./segments";
import {
  compareAgain,
  excludeSource,
  isUnderWay,
  type Match,
  otherTextQuery,
  type SimilarityView,
  similarityQuery,
} from "./similarity-api";
import { Sources, useSourceName } from "./sources";
import { TextPane } from "./text-pane";

interface SimilarityScreenProps {
  submissionId: number;
  /** May have it compared anew. */
  mayAsk: boolean;
}

/** What of a piece of work stands elsewhere, beside where it stands. */
export function SimilarityScreen({ submissionId, mayAsk }: SimilarityScreenProps) {
  const query = useQuery(similarityQuery(submissionId));
  return (
    <QueryView query={query} page>
      {(check) => <Check submissionId={submissionId} check={check} mayAsk={mayAsk} />}
    </QueryView>
  );
}

function Check({ submissionId, check, mayAsk }: SimilarityScreenProps & { check: SimilarityView }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const queryClient = useQueryClient();
  const [{ source }, setFilters] = useFilters();
  const again = useMutation({
    mutationFn: () => compareAgain(check.assignment_id, check.submission_id),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ["similarity", submissionId] }),
  });
  const exclude = useMutation({
    mutationFn: ({ source, excluded }: Match) =>
      excludeSource(submissionId, source ?? "", !excluded),
    onSuccess: async (counted) => {
      queryClient.setQueryData(similarityQuery(submissionId).queryKey, counted);
      await queryClient.invalidateQueries({ queryKey: ["assignment", check.assignment_id] });
    },
  });
  const match = check.matches.find((one) => String(one.number) === source);
  const look = (number?: number) => setFilters({ source: number ? String(number) : undefined });
  const step = (by: number) => {
    const to = check.matches[(match ? check.matches.indexOf(match) : -1) + by];
    if (to) look(to.number);
  };
  useHotkeys({ "]": () => step(1), "[": () => step(-1), o: () => look() });

  return (
    <Page
      full
      title={t("similarity.title", { share: formatPercent(check.share_percent, locale, 0) })}
      state={check.name && <span className="muted">{check.name}</span>}
      actions={
        mayAsk && (
          <Button busy={again.isPending || isUnderWay(check.state)} onClick={() => again.mutate()}>
            {t("similarity.again")}
          </Button>
        )
      }
    >
      <ActionFailed error={again.error ?? exclude.error} />
      <Facts check={check} />
      {check.state !== "nothing" && (
        <Texts
          key={match?.number ?? 0}
          check={check}
          match={match}
          onBack={() => look()}
          onExclude={mayAsk && match?.source ? () => exclude.mutate(match) : undefined}
          sources={<Sources check={check} />}
        />
      )}
    </Page>
  );
}

function Facts({ check }: { check: SimilarityView }) {
  const { t } = useTranslation();
  return (
    <>
      <p role="status">
        {isUnderWay(check.state)
          ? t("similarity.underWay")
          : check.state === "nothing"
            ? t("similarity.nothing")
            : t("similarity.counts", {
                matched: check.matched_words,
                words: check.words - check.left_out_words,
                left: check.left_out_words,
              })}
      </p>
      <p className="small muted">{t(check.own ? "similarity.saysOwn" : "similarity.says")}</p>
      {check.unread.length > 0 && (
        <div className="notice" data-tone="warn">
          <strong>{t("similarity.unread", { count: check.unread.length })}</strong>
          <ul>
            {check.unread.map((file) => (
              <li key={file.number}>
                {file.name}: {t(`similarity.because.${file.because}`)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

interface TextsProps {
  check: SimilarityView;
  match: Match | undefined;
  onBack: () => void;
  /** Says that the source is none, or is one after all; undefined for who may not. */
  onExclude: (() => void) | undefined;
  sources: React.ReactNode;
}

/** Both texts; j and k walk through the passages of both at once. */
function Texts({ check, match, onBack, onExclude, sources }: TextsProps) {
  const { t } = useTranslation();
  const nameOf = useSourceName();
  const [current, setCurrent] = useState(0);
  const passages = useMemo(
    () =>
      match
        ? match.passages.map((one) => one.here)
        : merged(
            check.matches
              .filter((one) => !one.excluded)
              .flatMap((one) => one.passages.map((each) => each.here)),
          ),
    [check, match],
  );
  const count = passages.length;
  function walk(by: number) {
    const to = current + by;
    if (to < 0 || to >= count) return;
    setCurrent(to);
    announce(t("similarity.passage", { number: to + 1, count }));
  }
  useHotkeys({ j: () => walk(1), k: () => walk(-1) });

  return (
    <>
      <div className="row-between">
        <div className="row">
          {match && <Button onClick={onBack}>{t("similarity.allSources")}</Button>}
          {match && <strong>{nameOf(match)}</strong>}
          {match && onExclude && (
            <Button kind="quiet" onClick={onExclude}>
              {t(match.excluded ? "similarity.include" : "similarity.exclude")}
            </Button>
          )}
        </div>
        {count > 0 && (
          <div className="row">
            <IconButton
              label={t("similarity.previous")}
              icon={<ChevronLeft size={18} className="flips" />}
              disabled={current === 0}
              onClick={() => walk(-1)}
            />
            <span>{t("similarity.passage", { number: current + 1, count })}</span>
            <IconButton
              label={t("similarity.next")}
              icon={<ChevronRight size={18} className="flips" />}
              disabled={current >= count - 1}
              onClick={() => walk(1)}
            />
          </div>
        )}
      </div>
      <div className="similar">
        <TextPane
          label={t("similarity.thisWork")}
          text={check.text}
          passages={passages}
          leftOut={check.left_out}
          current={current}
        />
        {match ? <OtherText check={check} match={match} current={current} /> : sources}
      </div>
      <p className="small muted">{t("similarity.keys")}</p>
    </>
  );
}

interface OtherTextProps {
  check: SimilarityView;
  match: Match;
  current: number;
}

function OtherText({ check, match, current }: OtherTextProps) {
  const { t } = useTranslation();
  const other = match.submission_id;
  const query = useQuery({ ...otherTextQuery(check.submission_id, other ?? 0), enabled: !!other });
  // In the order of this text; in the other the same passages may stand in another.
  const order = useMemo(
    () =>
      match.passages
        .map((passage, at) => ({ ...passage.there, at }))
        .sort((a, b) => a.start - b.start),
    [match],
  );
  if (!other)
    return <p className="notice">{t(check.own ? "similarity.notTold" : "similarity.notYours")}</p>;
  return (
    <QueryView query={query}>
      {(text) => (
        <TextPane
          label={t("similarity.otherWork")}
          text={text.text}
          passages={order}
          leftOut={text.left_out}
          current={order.findIndex((one) => one.at === current)}
        />
      )}
    </QueryView>
  );
}
