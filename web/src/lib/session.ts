import { queryOptions, useQuery } from "@tanstack/react-query";
import { deviceZone } from "./dates";
import { http, setCsrfToken } from "./http";
import { hasStatus } from "./problem";
import type { Schemas } from "./schemas";

export type SessionUser = Schemas["Me"];

export type Institution = Schemas["InstitutionShown"];

export type RoleGrant = Schemas["RoleShown"];

export type Session = Schemas["GetCurrentSessionResponse"];

export const sessionKey = ["session"] as const;

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  staleTime: 5 * 60_000,
  queryFn: async (): Promise<Session | null> => {
    try {
      const session = await http.get<Session>("/sessions/current");
      setCsrfToken(session.csrf_token ?? undefined);
      return session;
    } catch (error) {
      if (hasStatus(error, 401)) return null;
      throw error;
    }
  },
});

export function useSession(): Session | null {
  return useQuery(sessionQuery).data ?? null;
}

export function useTimeZone(): string {
  return useSession()?.user.time_zone || deviceZone;
}

export function may(session: Session | null, permission: string): boolean {
  return session?.permissions.includes(permission) ?? false;
}

/** Whether the person holds one of these roles anywhere. */
export function hasRole(session: Session | null, ...roles: string[]): boolean {
  return session?.roles.some((grant) => roles.includes(grant.role)) ?? false;
}
