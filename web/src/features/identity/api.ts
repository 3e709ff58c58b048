import { queryOptions } from "@tanstack/react-query";
import { http, setCsrfToken } from "../../lib/http";
import { hasStatus } from "../../lib/problem";
import type { Schemas } from "../../lib/schemas";
import { type Institution, type Session, sessionKey } from "../../lib/session";

export type Profile = Schemas["ProfileShown"];

export type SessionRow = Schemas["ListSessionsListed"];

export type ApiToken = Schemas["TokenShown"];

export type NewApiToken = Schemas["CreateApiTokenResponse"];

/** Whose door this is, before anyone has signed in; null on a host that names no institution. */
export const institutionQuery = queryOptions({
  queryKey: ["institution"],
  staleTime: 10 * 60_000,
  queryFn: async (): Promise<Institution | null> => {
    try {
      return await http.get<Institution>("/institution");
    } catch (error) {
      if (hasStatus(error, 401, 404)) return null;
      throw error;
    }
  },
});

export async function signIn(email: string, password: string): Promise<void> {
  const session = await http.post<Session>("/sessions", { email, password });
  setCsrfToken(session.csrf_token ?? undefined);
}

export async function signOut(): Promise<void> {
  await http.delete("/sessions/current");
  setCsrfToken(undefined);
}

export const askReset = (email: string) => http.post<void>("/password-resets", { email });

export const resetPassword = (token: string, password: string) =>
  http.put<void>(`/password-resets/${encodeURIComponent(token)}`, { password });

export const profileQuery = queryOptions({
  queryKey: ["profile"],
  queryFn: () => http.get<Profile>("/profile"),
});

export type ProfileChange = Pick<
  Profile,
  "name" | "sortable_name" | "pronouns" | "locale" | "time_zone" | "version"
>;

export const saveProfile = (change: ProfileChange) => http.put<Profile>("/profile", change);

export function saveAvatar(file: File): Promise<Profile> {
  const form = new FormData();
  form.set("file", file);
  return http.put("/profile/avatar", form);
}

export const changePassword = (current_password: string, password: string) =>
  http.put<void>("/profile/password", { current_password, password });

export const sessionsQuery = queryOptions({
  queryKey: [...sessionKey, "list"],
  queryFn: async () => (await http.get<{ items: SessionRow[] }>("/sessions")).items,
});

export const endSession = (id: SessionRow["session_id"]) => http.delete<void>(`/sessions/${id}`);

export const tokensQuery = queryOptions({
  queryKey: ["api-tokens"],
  queryFn: async () => (await http.get<{ items: ApiToken[] }>("/api-tokens")).items,
});

export const createToken = (name: string, rights: string[]) =>
  http.post<NewApiToken>("/api-tokens", { name, rights });

export const deleteToken = (id: ApiToken["api_token_id"]) => http.delete<void>(`/api-tokens/${id}`);
