import { Link, useLocation } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

export interface Tab {
  to: string;
  label: string;
  /** Current only at exactly this address, not below it. */
  exact?: boolean;
}

/** The pages of one thing. On a narrow screen the row scrolls, and the present page is in view. */
export function Tabs({ label, tabs }: { label: string; tabs: Tab[] }) {
  const ref = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address says which tab is current
  useEffect(() => {
    const row = ref.current;
    const current = row?.querySelector<HTMLElement>("[aria-current=page]");
    if (!row || !current) return;
    const [outer, inner] = [row.getBoundingClientRect(), current.getBoundingClientRect()];
    // Only the row moves; the page stays where it is.
    row.scrollLeft += inner.left + inner.width / 2 - (outer.left + outer.width / 2);
  }, [pathname]);
  return (
    <nav className="tabs" aria-label={label} ref={ref}>
      {tabs.map((tab) => (
        <Link
          key={tab.to}
          to={tab.to}
          activeOptions={{ exact: tab.exact ?? false, includeSearch: false }}
          activeProps={{ "aria-current": "page" }}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
