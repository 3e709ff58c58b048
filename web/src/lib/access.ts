import { hasRole, may, type Session } from "./session";

/** What the shell may offer. The server decides; this only hides doors that would not open. */
const institutionWide = {
  people: ["user.manage", "user.read"],
  accounts: ["account.manage"],
  families: ["family.manage", "user.manage"],
  terms: ["term.manage"],
  imports: ["roster.import"],
  audit: ["audit.read"],
  jobs: ["job.manage", "job.read"],
  createCourse: ["course.create", "course.manage"],
} as const;

export type Area = keyof typeof institutionWide;

const adminRoles = ["administrator", "operator"];

export function canOpen(session: Session | null, area: Area): boolean {
  if (hasRole(session, ...adminRoles)) return true;
  return institutionWide[area].some((name) => may(session, name));
}

export function canAdminister(session: Session | null): boolean {
  const areas: Area[] = ["people", "accounts", "imports", "audit", "jobs"];
  return areas.some((area) => canOpen(session, area));
}

/** The parts of a course answer that say who is looking. */
export interface CourseStanding {
  course_id: number;
  my_roles?: string[];
}

export type Standing = "staff" | "learner" | "observer" | "none";

const staffRoles = ["instructor", "teaching_assistant", "designer", ...adminRoles];
const learnerRoles = ["learner", "past_learner"];

/** What the person is in one course: the course's own answer, or else the roles held there. */
export function standingIn(session: Session | null, course: CourseStanding): Standing {
  const held = session?.roles ?? [];
  const here = held.filter((grant) => grant.scope === `course:${course.course_id}`);
  const roles = [...(course.my_roles ?? []), ...here.map((grant) => grant.role)];
  const administers = held.some((g) => g.scope === "institution" && adminRoles.includes(g.role));
  if (administers || roles.some((role) => staffRoles.includes(role))) return "staff";
  if (roles.some((role) => learnerRoles.includes(role))) return "learner";
  return roles.includes("observer") ? "observer" : "none";
}
