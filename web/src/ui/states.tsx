import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { asProblem } from "../lib/problem";
import { Button } from "./button";

interface EmptyProps {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}

export function Empty({ title, children, action }: EmptyProps) {
  return (
    <div className="state">
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action}
    </div>
  );
}

/** The words for any failure: the server's own detail first, ours where none came. */
export function useProblemText(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => {
    const problem = asProblem(error);
    if (problem.offline) return t("problem.offline");
    if (problem.detail) return problem.detail;
    if (problem.status === 403) return t("problem.forbidden");
    if (problem.status === 404) return t("problem.notFound");
    if (problem.status === 429) return t("problem.tooMany");
    return t("problem.unknown");
  };
}

interface FailedProps {
  error: unknown;
  onRetry?: () => void;
  /** There is nothing else on the page, so this is its heading. */
  page?: boolean;
}

/** What happened, what is safe, try again, and a reference number to quote. */
export function Failed({ error, onRetry, page }: FailedProps) {
  const { t } = useTranslation();
  const text = useProblemText();
  const problem = asProblem(error);
  const kind =
    problem.status === 403 ? "forbidden" : problem.status === 404 ? "notFound" : "failed";
  const Heading = page ? "h1" : "h2";
  return (
    <div className="state" data-tone={kind === "failed" ? "bad" : undefined} role="alert">
      <Heading>{t(`problem.title.${kind}`)}</Heading>
      <p>{text(error)}</p>
      {kind === "forbidden" && <p>{t("problem.whoHelps")}</p>}
      {kind === "failed" && <p>{t("problem.nothingLost")}</p>}
      {kind === "failed" && onRetry && <Button onClick={onRetry}>{t("action.tryAgain")}</Button>}
      {page && kind !== "failed" && <Link to="/">{t("problem.goHome")}</Link>}
      <Reference traceId={problem.traceId} />
    </div>
  );
}

export function Reference({ traceId }: { traceId?: string }) {
  const { t } = useTranslation();
  if (!traceId) return null;
  return (
    <p className="small muted">
      {t("problem.reference")} <span className="mono">{traceId}</span>
    </p>
  );
}

/** A failed action, told beside what was being done. */
export function ActionFailed({ error }: { error: unknown }) {
  const text = useProblemText();
  if (!error) return null;
  const problem = asProblem(error);
  return (
    <div className="notice" data-tone="bad" role="alert">
      <span className="grow">{text(error)}</span>
      <Reference traceId={problem.traceId} />
    </div>
  );
}

const widths = ["72%", "90%", "64%", "80%", "58%", "86%"];

export function Skeleton({ lines = 5 }: { lines?: number }) {
  const { t } = useTranslation();
  return (
    <div className="stack" role="status" aria-label={t("common.loading")}>
      {Array.from({ length: lines }, (_, i) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines are alike and never move
          key={i}
          className="skeleton"
          style={{ inlineSize: widths[i % widths.length] }}
        />
      ))}
    </div>
  );
}
