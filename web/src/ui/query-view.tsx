import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ActionFailed, Failed, Skeleton } from "./states";

interface QueryState<T> {
  data: T | undefined;
  error: unknown;
  isPending: boolean;
  refetch: () => unknown;
}

interface QueryViewProps<T> {
  query: QueryState<T>;
  children: (data: T) => ReactNode;
  lines?: number;
  /** This is the whole page: what is said instead of it is the page's heading. */
  page?: boolean;
}

/** Old content stays while new content loads; the skeleton is only for the first time. */
export function QueryView<T>({ query, children, lines, page }: QueryViewProps<T>) {
  if (query.data !== undefined) {
    return (
      <>
        {query.error ? <ActionFailed error={query.error} /> : null}
        {children(query.data)}
      </>
    );
  }
  if (query.error)
    return <Failed page={page} error={query.error} onRetry={() => query.refetch()} />;
  return <Skeleton lines={lines} />;
}

interface MoreQuery {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

export function ShowMore({ query }: { query: MoreQuery }) {
  const { t } = useTranslation();
  if (!query.hasNextPage) return null;
  return (
    <div>
      <button
        type="button"
        className="button"
        aria-disabled={query.isFetchingNextPage || undefined}
        onClick={() => query.isFetchingNextPage || query.fetchNextPage()}
      >
        {query.isFetchingNextPage ? t("common.loading") : t("action.showMore")}
      </button>
    </div>
  );
}
