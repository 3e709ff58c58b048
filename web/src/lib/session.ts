import { queryOptions, useQuery } from "@tanstack/react-query";
import { deviceZone } from "./dates";
import { http, setCsrfToken } from "./http";
import { hasStatus } from "./problem";

export interface SessionUser {
  user_id: number;
  name: string;
  email: string;
  locale: string | null;
  time_zone: string | null;
  avatar_url: string | null;
  pronouns: string | null;
}

export interface Institution {
  slug: string;
  name: string;
  accent: string | null;
  logo_url: string | null;
  locale: string | null;
  time_zone?: string;
}

export interface RoleGrant {
  role: string;
  scope: string;
}

export interface Session {
  user: SessionUser;
  institution: Institution;
  csrf_token: string | null;
  roles: RoleGrant[];
  /** Names held at the institution; a course answers its own. */
  permissions: string[];
}

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
