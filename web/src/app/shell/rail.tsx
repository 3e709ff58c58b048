import { Link } from "@tanstack/react-router";
import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import { useTranslation } from "react-i18next";
import { setPrefs, usePrefs } from "../../lib/prefs";
import { useSession } from "../../lib/session";
import { navItems } from "./nav-items";

/** Left rail; icons only when collapsed, a bottom bar on a phone (by shell.css). */
export function Rail({ unread }: { unread: number }) {
  const { t } = useTranslation();
  const session = useSession();
  const { railCollapsed } = usePrefs();
  const Toggle = railCollapsed ? PanelLeftOpen : PanelLeftClose;
  const toggleLabel = t(railCollapsed ? "nav.expand" : "nav.collapse");
  return (
    <nav className="rail" aria-label={t("nav.main")} data-collapsed={railCollapsed || undefined}>
      <ul>
        {navItems(session).map(({ to, label, icon: Icon }) => (
          <li key={to}>
            <Link
              to={to}
              className="rail-link"
              activeOptions={{ exact: to === "/", includeSearch: false }}
              activeProps={{ "aria-current": "page" }}
              title={t(label)}
            >
              <Icon size={20} aria-hidden />
              <span className="rail-label">{t(label)}</span>
              {to === "/inbox" && unread > 0 && (
                <span className="rail-count">
                  <span aria-hidden>{unread > 99 ? "99+" : unread}</span>
                  <span className="visually-hidden">{t("nav.unread", { count: unread })}</span>
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
      <button
        type="button"
        className="rail-link rail-toggle"
        aria-label={toggleLabel}
        title={toggleLabel}
        onClick={() => setPrefs({ railCollapsed: !railCollapsed })}
      >
        <Toggle size={20} aria-hidden className="flips" />
      </button>
    </nav>
  );
}
