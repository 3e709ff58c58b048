import { queryOptions } from "@tanstack/react-query";
import { http, type Page } from "../../lib/http";
import { pagedQuery } from "../../lib/query-client";
import type { Schemas } from "../../lib/schemas";

type Filters = Record<string, string | undefined>;

export type PersonListed = Schemas["PersonListed"];

export type Person = Schemas["PersonShown"];

export const peopleQuery = (filters: Filters) =>
  pagedQuery<PersonListed>(["people"], "/users", filters);

export const personQuery = (userId: number) =>
  queryOptions({
    queryKey: ["person", userId],
    queryFn: () => http.get<Person>(`/users/${userId}`),
  });

/** A change says all of it; what is left out would be taken away. */
export type PersonInput = Pick<
  Person,
  "name" | "sortable_name" | "email" | "login_name" | "sis_id" | "pronouns" | "locale" | "time_zone"
>;

export const createPerson = (input: PersonInput) => http.post<Person>("/users", input);

export const savePerson = (userId: number, input: PersonInput & { version: number }) =>
  http.put<Person>(`/users/${userId}`, input);

export const setPersonState = (person: Person, state: Person["state"]) =>
  http.put<Person>(`/users/${person.user_id}/state`, { state, version: person.version });

export type Observer = Schemas["ObserverShown"];

export const observersQuery = (userId: number) =>
  queryOptions({
    queryKey: ["person", userId, "observers"],
    queryFn: async () => (await http.get<Page<Observer>>(`/users/${userId}/observers`)).items,
  });

export const addObserver = (userId: number, observer_id: number) =>
  http.post<void>(`/users/${userId}/observers`, { observer_id });

export const removeObserver = (userId: number, observerId: number) =>
  http.delete<void>(`/users/${userId}/observers/${observerId}`);

export type AccessReason = Schemas["AccessReason"];

export type AccessAnswer = Schemas["ExplainAccessResponse"];

export const accessQuery = (userId: number, courseId: number | undefined) =>
  queryOptions({
    queryKey: ["person", userId, "access", courseId ?? null],
    queryFn: () => http.get<AccessAnswer>(`/users/${userId}/access`, { course_id: courseId }),
  });

export const searchPeople = (search: string) =>
  queryOptions({
    queryKey: ["people-search", search],
    enabled: search.length >= 2,
    queryFn: async () => (await http.get<Page<PersonListed>>("/users", { search, limit: 8 })).items,
  });

export type AccountListed = Schemas["AccountListed"];

/** What an account decides for itself; null is as the account above has it. */
export type AccountSettings = Schemas["SettingsWanted"];

export type EffectiveSetting = Schemas["EffectiveSetting"];

export type Account = Schemas["AccountShown"];

export const accountsQuery = queryOptions({
  queryKey: ["accounts"],
  queryFn: async () => (await http.get<Page<AccountListed>>("/accounts", { limit: 500 })).items,
});

export const accountQuery = (accountId: number) =>
  queryOptions({
    queryKey: ["account", accountId],
    queryFn: () => http.get<Account>(`/accounts/${accountId}`),
  });

export const createAccount = (name: string, parent_id: number) =>
  http.post<Account>("/accounts", { name, parent_id });

export const saveAccount = (
  accountId: number,
  version: number,
  name: string,
  settings: AccountSettings,
) => http.put<Account>(`/accounts/${accountId}`, { name, settings, version });

export function saveLogo(accountId: number, file: File): Promise<Account> {
  const form = new FormData();
  form.set("file", file);
  return http.put(`/accounts/${accountId}/logo`, form);
}

export type AccountRole = Schemas["RoleAssignment"];

export const accountRolesQuery = (accountId: number) =>
  queryOptions({
    queryKey: ["account", accountId, "roles"],
    queryFn: async () => (await http.get<Page<AccountRole>>(`/accounts/${accountId}/roles`)).items,
  });

export const giveRole = (accountId: number, user_id: number, role: string) =>
  http.post<void>(`/accounts/${accountId}/roles`, { user_id, role });

export const withdrawRole = (accountId: number, id: number) =>
  http.delete<void>(`/accounts/${accountId}/roles/${id}`);

export type FamilyMember = Schemas["FamilyMemberShown"];

export type Family = Schemas["FamilyShown"];

export const familiesQuery = (filters: Filters) =>
  pagedQuery<Family>(["families"], "/families", filters);

export type FamilyInput = Pick<Family, "name"> & { members: Schemas["FamilyMember"][] };

export const createFamily = (input: FamilyInput) => http.post<Family>("/families", input);

export const saveFamily = (id: number, input: FamilyInput & { version: number }) =>
  http.put<Family>(`/families/${id}`, input);

export type AuditEntry = Schemas["AuditEntry"];

export const auditQuery = (filters: Filters) =>
  pagedQuery<AuditEntry>(["audit"], "/audit-entries", filters);

export type AuditSeal = Schemas["AuditRoutesSealListed"];

export const sealsQuery = queryOptions({
  queryKey: ["audit-seals"],
  refetchInterval: 30_000,
  queryFn: async () => (await http.get<Page<AuditSeal>>("/audit-seals", { limit: 1 })).items,
});

export type JobState = "ready" | "running" | "done" | "dead" | "cancelled";

export type Job = Schemas["JobRoutesListed"] & { state: JobState };

export const jobsQuery = (filters: Filters) => pagedQuery<Job>(["jobs"], "/jobs", filters);

export const replayJob = (id: Job["job_id"]) => http.post<void>(`/jobs/${id}/replay`);

export const cancelJob = (id: Job["job_id"]) => http.delete<void>(`/jobs/${id}`);
