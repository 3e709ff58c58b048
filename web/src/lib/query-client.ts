import {
  type InfiniteData,
  infiniteQueryOptions,
  keepPreviousData,
  QueryClient,
} from "@tanstack/react-query";
import { http, type Page, type QueryValue } from "./http";
import { Problem } from "./problem";

/** Refusals are answers and are not asked again; a lost connection is retried twice. */
function retry(failures: number, error: unknown): boolean {
  const status = error instanceof Problem ? error.status : 500;
  return (status === 0 || status === 502 || status === 503) && failures < 2;
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry, staleTime: 15_000, placeholderData: keepPreviousData },
      mutations: { retry: false },
    },
  });
}

/** A keyset list that grows by "Show more". */
export function pagedQuery<T>(
  key: readonly unknown[],
  path: string,
  query: Record<string, QueryValue> = {},
) {
  return infiniteQueryOptions({
    queryKey: [...key, query],
    queryFn: ({ pageParam, signal }) =>
      http.get<Page<T>>(path, { ...query, after: pageParam || undefined }, signal),
    initialPageParam: "",
    getNextPageParam: (page: Page<T>) => page.next || undefined,
  });
}

export function itemsOf<T>(data: InfiniteData<Page<T>> | undefined): T[] {
  return data?.pages.flatMap((page) => page.items) ?? [];
}
