import type { QueryClient } from "@tanstack/react-query";
import { createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { parseSearch, stringifySearch } from "../lib/address";
import { basePath } from "../lib/base";
import { Failed, Skeleton } from "../ui/states";
import { adminRoutes } from "./routes-admin";
import { courseRoutes } from "./routes-course";
import { page, rootRoute, shellRoute } from "./routes-root";

const open = [
  page(rootRoute, "/sign-in", () => import("../features/identity/routes/sign-in-page")),
  page(
    rootRoute,
    "/forgot-password",
    () => import("../features/identity/routes/forgot-password-page"),
  ),
  page(
    rootRoute,
    "/reset-password/$token",
    () => import("../features/identity/routes/reset-password-page"),
  ),
];

const signedIn = [
  page(shellRoute, "/", () => import("./routes/home-page")),
  page(
    shellRoute,
    "/calendar",
    () => import("../features/messaging/routes/calendar-page"),
    "nav.calendar",
  ),
  page(shellRoute, "/inbox", () => import("../features/messaging/routes/inbox-page"), "nav.inbox"),
  page(
    shellRoute,
    "/profile",
    () => import("../features/identity/routes/profile-page"),
    "nav.profile",
  ),
  // Inside the frame, so that who takes a wrong turn keeps the way back.
  page(shellRoute, "/$", () => import("./routes/not-found-page")),
];

const tree = rootRoute.addChildren([
  ...open,
  shellRoute.addChildren([...signedIn, ...courseRoutes, ...adminRoutes]),
]);

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree: tree,
    basepath: basePath,
    context: { queryClient },
    parseSearch,
    stringifySearch,
    defaultPreload: "intent",
    defaultPendingMs: 300,
    scrollRestoration: true,
    defaultPendingComponent: Skeleton,
    defaultErrorComponent: (props) => Failed({ ...props, page: true }),
    defaultNotFoundComponent: lazyRouteComponent(() => import("./routes/not-found-page")),
  });
}
