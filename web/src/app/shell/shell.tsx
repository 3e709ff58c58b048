import { useQuery } from "@tanstack/react-query";
import { Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { unreadQuery } from "../../features/messaging/api";
import { useHotkeys } from "../../lib/hotkeys";
import { useSession } from "../../lib/session";
import { Toasts } from "../../ui/toast";
import { FeaturesBanner } from "./features-banner";
import { navItems } from "./nav-items";
import { Rail } from "./rail";
import { TopBar } from "./top-bar";

const CommandPalette = lazy(() => import("./command-palette"));
const KeysDialog = lazy(() => import("./keys-dialog"));

type Overlay = "palette" | "keys" | undefined;

/** The frame around every signed-in screen. */
export function Shell() {
  const { t } = useTranslation();
  const session = useSession();
  const navigate = useNavigate();
  const [overlay, setOverlay] = useState<Overlay>();
  const unread = useQuery(unreadQuery).data ?? 0;
  const main = useRef<HTMLElement>(null);
  useFocusOnNavigation(main);

  const goes = navItems(session).map(({ to, key }) => [`g ${key}`, () => void navigate({ to })]);
  useHotkeys({
    "mod+k": () => setOverlay("palette"),
    "/": () => setOverlay("palette"),
    "?": () => setOverlay("keys"),
    ...Object.fromEntries(goes),
  });

  return (
    <div className="shell">
      <a className="button skip-link" href="#main">
        {t("nav.skip")}
      </a>
      <TopBar
        unread={unread}
        onPalette={() => setOverlay("palette")}
        onKeys={() => setOverlay("keys")}
      />
      <Rail unread={unread} />
      <main className="main" id="main" tabIndex={-1} ref={main}>
        <FeaturesBanner />
        <Outlet />
      </main>
      <Toasts />
      <Suspense>
        {overlay === "palette" && <CommandPalette onClose={() => setOverlay(undefined)} />}
        {overlay === "keys" && <KeysDialog onClose={() => setOverlay(undefined)} />}
      </Suspense>
    </div>
  );
}

/** A new screen starts at its top with the focus there, as a page load would. */
function useFocusOnNavigation(main: React.RefObject<HTMLElement | null>) {
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const previous = useRef(path);
  useEffect(() => {
    if (previous.current && previous.current !== path) {
      if (!main.current?.contains(document.activeElement)) main.current?.focus();
      window.scrollTo(0, 0);
    }
    previous.current = path;
  }, [path, main]);
}
