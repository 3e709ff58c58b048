import { hasRole, may, type Session } from "./session";

/** What the shell may offer. The server decides; this only hides doors that would not open. */
const areas = {
  accounts: "account.manage",
  people: "people.read",
  families: "family.read",
  outcomes: "outcome.manage",
  terms: "term.manage",
  imports: "roster.import",
  audit: "audit.read",
  jobs: "job.read",
  cluster: "operate",
} as const;

export type Area = keyof typeof areas;

/** Who administers a part of the institution sees that part; the rest is for the whole. */
const partly: readonly Area[] = ["accounts", "outcomes"];

export function canOpen(session: Session | null, area: Area): boolean {
  if (partly.includes(area) && hasRole(session, "administrator")) return true;
  return may(session, areas[area]);
}

export function canAdminister(session: Session | null): boolean {
  return (Object.keys(areas) as Area[]).some((area) => canOpen(session, area));
}

/** Administrators make courses anywhere, and those who teach make them beside theirs. */
export function canCreateCourses(session: Session | null): boolean {
  return may(session, "course.create") || hasRole(session, "instructor", "administrator");
}

export function canSeeAllCourses(session: Session | null): boolean {
  return may(session, "course.create") || hasRole(session, "administrator");
}
