import { queryOptions } from "@tanstack/react-query";
import { http, type Page } from "../../lib/http";
import { pagedQuery } from "../../lib/query-client";

type Filters = Record<string, string | undefined>;

export interface Person {
  user_id: number;
  name: string;
  sortable_name: string;
  email: string;
  state: "active" | "suspended" | "deleted";
  sis_id?: string | null;
  pronouns?: string | null;
  locale?: string | null;
  time_zone?: string | null;
  last_seen_at?: string | null;
  roles?: { role: string; scope: string }[];
  version: number;
}

export const peopleQuery = (filters: Filters) => pagedQuery<Person>(["people"], "/users", filters);

export const personQuery = (userId: number) =>
  queryOptions({
    queryKey: ["person", userId],
    queryFn: () => http.get<Person>(`/users/${userId}`),
  });

export interface PersonInput {
  name: string;
  sortable_name?: string;
  email: string;
}

export const createPerson = (input: PersonInput) => http.post<Person>("/users", input);

export const savePerson = (userId: number, input: PersonInput & { version: number }) =>
  http.put<Person>(`/users/${userId}`, input);

export const setPersonState = (userId: number, state: Person["state"]) =>
  http.put<void>(`/users/${userId}/state`, { state });

export interface Observer {
  observer_id: number;
  name: string;
  email?: string;
}

export const observersQuery = (userId: number) =>
  queryOptions({
    queryKey: ["person", userId, "observers"],
    queryFn: async () => (await http.get<Page<Observer>>(`/users/${userId}/observers`)).items,
  });

export const addObserver = (userId: number, observer_id: number) =>
  http.post<void>(`/users/${userId}/observers`, { observer_id });

export const removeObserver = (userId: number, observerId: number) =>
  http.delete<void>(`/users/${userId}/observers/${observerId}`);

export interface AccessReason {
  role: string;
  scope: string;
  source: string;
  starts_at: string | null;
  ends_at: string | null;
  opens_at: string | null;
  closes_at: string | null;
}

export interface AccessAnswer {
  reasons: AccessReason[];
  permissions: { name: string; meaning: string }[];
}

export const accessQuery = (userId: number, courseId: number | undefined) =>
  queryOptions({
    queryKey: ["person", userId, "access", courseId ?? null],
    queryFn: () => http.get<AccessAnswer>(`/users/${userId}/access`, { course_id: courseId }),
  });

export const searchPeople = (search: string) =>
  queryOptions({
    queryKey: ["people-search", search],
    enabled: search.length >= 2,
    queryFn: async () => (await http.get<Page<Person>>("/users", { search, limit: 8 })).items,
  });

export interface Account {
  account_id: number;
  parent_account_id: number | null;
  name: string;
  settings?: Record<string, unknown> | null;
  version: number;
}

export const accountsQuery = queryOptions({
  queryKey: ["accounts"],
  queryFn: async () => (await http.get<Page<Account>>("/accounts")).items,
});

export const createAccount = (name: string, parent_account_id: number | null) =>
  http.post<Account>("/accounts", { name, parent_account_id });

export const renameAccount = (account: Account, name: string) =>
  http.put<Account>(`/accounts/${account.account_id}`, {
    name,
    settings: account.settings ?? {},
    version: account.version,
  });

export interface AccountRole {
  account_role_id: number;
  user_id: number;
  name: string;
  role: string;
}

export const accountRolesQuery = (accountId: number) =>
  queryOptions({
    queryKey: ["account", accountId, "roles"],
    queryFn: async () => (await http.get<Page<AccountRole>>(`/accounts/${accountId}/roles`)).items,
  });

export const giveRole = (accountId: number, user_id: number, role: string) =>
  http.post<void>(`/accounts/${accountId}/roles`, { user_id, role });

export const withdrawRole = (accountId: number, id: number) =>
  http.delete<void>(`/accounts/${accountId}/roles/${id}`);

export interface FamilyMember {
  user_id: number;
  name: string;
  relation: string;
}

export interface Family {
  family_id: number;
  name: string;
  members: FamilyMember[];
  version: number;
}

export const familiesQuery = (filters: Filters) =>
  pagedQuery<Family>(["families"], "/families", filters);

export interface FamilyInput {
  name: string;
  members: { user_id: number; relation: string }[];
}

export const createFamily = (input: FamilyInput) => http.post<Family>("/families", input);

export const saveFamily = (id: number, input: FamilyInput & { version: number }) =>
  http.put<Family>(`/families/${id}`, input);

export interface AuditEntry {
  audit_entry_id: number | string;
  at: string;
  actor_id: number | null;
  actor_kind: string;
  action: string;
  subject: string;
  detail: unknown;
  address?: string | null;
}

export const auditQuery = (filters: Filters) =>
  pagedQuery<AuditEntry>(["audit"], "/audit-entries", filters);

export interface AuditSeal {
  seal_no: number;
  sealed_at: string;
  entries: number;
  hash: string;
}

export const sealsQuery = queryOptions({
  queryKey: ["audit-seals"],
  refetchInterval: 30_000,
  queryFn: async () => (await http.get<Page<AuditSeal>>("/audit-seals", { limit: 1 })).items,
});

export type JobState = "ready" | "running" | "done" | "dead" | "cancelled";

export interface Job {
  job_id: string;
  kind: string;
  state: JobState;
  progress: number;
  total: number | null;
  attempts: number;
  max_attempts: number;
  error: string | null;
  created_at: string;
  finished_at: string | null;
}

export const jobsQuery = (filters: Filters) => pagedQuery<Job>(["jobs"], "/jobs", filters);

export const replayJob = (id: Job["job_id"]) => http.post<void>(`/jobs/${id}/replay`);

export const cancelJob = (id: Job["job_id"]) => http.delete<void>(`/jobs/${id}`);
