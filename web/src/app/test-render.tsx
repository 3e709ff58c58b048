import { QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { startI18n } from "../lib/i18n";
import { createQueryClient } from "../lib/query-client";
import { loadMessages } from "./messages";

/** Draws a component as the application would, at one address, in one language. */
export async function renderAt(path: string, content: ReactNode, language = "en") {
  await startI18n(language, loadMessages);
  const router = createRouter({
    routeTree: createRootRoute({ component: () => content, notFoundComponent: () => content }),
    history: createMemoryHistory({ initialEntries: [path] }),
  });
  await router.load();
  return render(
    <QueryClientProvider client={createQueryClient()}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
}
