import { type Area, canOpen } from "../../lib/access";
import type { Session } from "../../lib/session";

interface AdminSection {
  to: string;
  label: string;
  area: Area;
}

const all: AdminSection[] = [
  { to: "/admin/accounts", label: "nav.accounts", area: "accounts" },
  { to: "/admin/people", label: "nav.people", area: "people" },
  { to: "/admin/families", label: "nav.families", area: "families" },
  { to: "/admin/outcomes", label: "nav.outcomes", area: "outcomes" },
  { to: "/admin/terms", label: "nav.terms", area: "terms" },
  { to: "/admin/imports", label: "nav.imports", area: "imports" },
  { to: "/admin/audit", label: "nav.audit", area: "audit" },
  { to: "/admin/jobs", label: "nav.jobs", area: "jobs" },
  { to: "/admin/cluster", label: "nav.cluster", area: "cluster" },
];

export function adminSections(session: Session | null): AdminSection[] {
  return all.filter((section) => canOpen(session, section.area));
}
