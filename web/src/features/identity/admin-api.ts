import { queryOptions } from "@tanstack/react-query";
import { http, type Page } from "../../lib/http";
import { pagedQuery } from "../../lib/query-client";

type Filters = Record<string, string | undefined>;

export interface PersonListed {
  user_id: number;
  name: string;
  sortable_name: string;
  email: string | null;
  avatar_url: string | null;
  state: "active" | "suspended";
  roles: string[];
}

export interface Person {
  user_id: number;
  name: string;
  sortable_name: string;
  email: string | null;
  login_name: string | null;
  sis_id: string | null;
  pronouns: string | null;
  locale: string | null;
  time_zone: string | null;
  avatar_url: string | null;
  state: "active" | "suspended";
  created_at: string;
  version: number;
}

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

export interface Observer {
  user_id: number;
  name: string;
  email: string | null;
  /** What made the link; a family's link is changed in the family. */
  sources: string[];
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
  /** The server's sentence, which names places and dates. */
  because: string;
  active: boolean;
}

export interface AccessAnswer {
  may_see: boolean;
  reasons: AccessReason[];
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
    queryFn: async () => (await http.get<Page<PersonListed>>("/users", { search, limit: 8 })).items,
  });

export interface AccountListed {
  account_id: number;
  parent_id: number | null;
  depth: number;
  name: string;
  version: number;
}

/** What an account decides for itself; null is as the account above has it. */
export interface AccountSettings {
  locale: string | null;
  time_zone: string | null;
  accent: string | null;
}

export interface EffectiveSetting {
  name: string;
  value: string | null;
  from_account_id: number | null;
  from_name: string | null;
}

export interface Account {
  account_id: number;
  parent_id: number | null;
  name: string;
  settings: AccountSettings & { logo_url: string | null };
  effective: EffectiveSetting[];
  version: number;
}

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

export const saveAccount = (account: Account, name: string, settings: AccountSettings) =>
  http.put<Account>(`/accounts/${account.account_id}`, {
    name,
    settings,
    version: account.version,
  });

export function saveLogo(accountId: number, file: File): Promise<Account> {
  const form = new FormData();
  form.set("file", file);
  return http.put(`/accounts/${accountId}/logo`, form);
}

export interface AccountRole {
  role_assignment_id: number;
  user_id: number;
  name: string;
  email: string | null;
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
  kind: string;
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
  members: { user_id: number; kind: string }[];
}

export const createFamily = (input: FamilyInput) => http.post<Family>("/families", input);

export const saveFamily = (id: number, input: FamilyInput & { version: number }) =>
  http.put<Family>(`/families/${id}`, input);

export interface AuditEntry {
  audit_entry_id: number | string;
  at: string;
  actor_id: number | null;
  /** As the person is called today; entries themselves keep numbers. */
  actor_name: string | null;
  actor_kind: string;
  action: string;
  subject: string;
  /** Whom it is about, where that is a person. */
  subject_name: string | null;
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
