import { BookOpen, CalendarDays, House, Inbox, type LucideIcon, Settings2 } from "lucide-react";
import { canAdminister } from "../../lib/access";
import type { Session } from "../../lib/session";

export interface NavItem {
  to: "/" | "/courses" | "/calendar" | "/inbox" | "/admin";
  label: string;
  icon: LucideIcon;
  /** The letter after `g`. */
  key: string;
}

const everyone: NavItem[] = [
  { to: "/", label: "nav.home", icon: House, key: "h" },
  { to: "/courses", label: "nav.courses", icon: BookOpen, key: "c" },
  { to: "/calendar", label: "nav.calendar", icon: CalendarDays, key: "k" },
  { to: "/inbox", label: "nav.inbox", icon: Inbox, key: "i" },
];

const admin: NavItem = { to: "/admin", label: "nav.admin", icon: Settings2, key: "a" };

/** Only what the person may see. */
export function navItems(session: Session | null): NavItem[] {
  return canAdminister(session) ? [...everyone, admin] : everyone;
}
