import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatPercent } from "../../../lib/numbers";
import { Badge } from "../../../ui/badge";
import { When } from "../../../ui/when";
import type { Match, SimilarityView } from "./similarity-api";

/** Whose or what a source is, as far as the reader may know. */
export function useSourceName(): (match: Match) => string {
  const { t } = useTranslation();
  return (match) =>
    match.work?.name ?? match.title ?? t("similarity.unnamed", { number: match.number });
}

interface SourcesProps {
  check: SimilarityView;
}

/** Where else passages stand, the most alike first. */
export function Sources({ check }: SourcesProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const nameOf = useSourceName();
  const counted = Math.max(1, check.words - check.left_out_words);
  if (check.matches.length === 0) {
    return check.state === "ready" ? <p className="notice">{t("similarity.none")}</p> : null;
  }
  return (
    <section aria-labelledby="similar-sources">
      <h2 id="similar-sources">{t("similarity.sources", { count: check.matches.length })}</h2>
      <ul className="rows panel">
        {check.matches.map((match) => (
          <li key={match.number}>
            <Link
              to="."
              search={(now: Record<string, string>) => ({ ...now, source: String(match.number) })}
              className="rows-link"
            >
              <span className="grow">
                <strong>{nameOf(match)}</strong>
                <br />
                <span className="small muted">
                  {match.work && (
                    <>
                      {match.work.assignment_id !== check.assignment_id &&
                        `${match.work.course_title ?? ""} · ${match.work.assignment_title} · `}
                      {t("grading.attempt", { number: match.work.attempt })} ·{" "}
                      <When at={match.work.submitted_at} />
                    </>
                  )}
                  {match.address}
                </span>
              </span>
              {match.excluded && <Badge>{t("similarity.excluded")}</Badge>}
              <span className="small muted">
                {t("similarity.words", { count: match.matched_words })}
              </span>
              <span className="figures">
                {formatPercent((100 * match.matched_words) / counted, locale, 0)}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
