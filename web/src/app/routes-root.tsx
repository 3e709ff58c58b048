import type { QueryClient } from "@tanstack/react-query";
import {
  type AnyRoute,
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import type { ComponentType } from "react";
import { sessionQuery } from "../lib/session";
import { Shell } from "./shell/shell";

export const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Outlet,
});

/** Everything below asks for a session first and comes back here after the sign-in. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "signed-in",
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery);
    if (!session) {
      throw redirect({ to: "/sign-in", search: { to: location.pathname + location.searchStr } });
    }
  },
});

type PageModule = Promise<{ default: ComponentType }>;

/** One screen at one address, loaded when it is first opened. */
export function page(parent: AnyRoute, path: string, load: () => PageModule, crumb?: string) {
  return createRoute({
    getParentRoute: () => parent,
    path,
    component: lazyRouteComponent(load),
    staticData: { crumb },
  });
}

/** A step in the trail that frames its children or simply passes them through. */
export function branch(parent: AnyRoute, path: string, crumb?: string, load?: () => PageModule) {
  return createRoute({
    getParentRoute: () => parent,
    path,
    component: load ? lazyRouteComponent(load) : Outlet,
    staticData: { crumb },
  });
}
