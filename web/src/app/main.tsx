import "@fontsource-variable/source-sans-3/wght.css";
import "@fontsource-variable/noto-sans-arabic/wght.css";
import "../ui/styles/tokens.css";
import "../ui/styles/base.css";
import "../ui/styles/controls.css";
import "../ui/styles/surfaces.css";
import "../ui/styles/overlays.css";
import "./shell/shell.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { createRoot } from "react-dom/client";
import { setSignedOutHandler } from "../lib/http";
import { setLanguage, startI18n } from "../lib/i18n";
import { applyTheme, getPrefs } from "../lib/prefs";
import { createQueryClient } from "../lib/query-client";
import { sessionQuery } from "../lib/session";
import { applyAccent } from "./accent";
import { loadMessages } from "./messages";
import { createAppRouter } from "./router";

applyTheme(getPrefs().theme);
const queryClient = createQueryClient();
const router = createAppRouter(queryClient);
void start();

async function start() {
  const preferred = getPrefs().language || navigator.language;
  const [session] = await Promise.all([
    queryClient.fetchQuery(sessionQuery).catch(() => null),
    startI18n(preferred, loadMessages),
  ]);
  if (session?.user.locale && !getPrefs().language) await setLanguage(session.user.locale);
  applyAccent(session?.institution.accent);

  // The person may be mid-sentence when a session ends: the sign-in page remembers the place.
  setSignedOutHandler(() => {
    queryClient.setQueryData(sessionQuery.queryKey, null);
    const { pathname, searchStr } = router.state.location;
    if (pathname === "/sign-in") return;
    void router.navigate({ to: "/sign-in", search: { to: pathname + searchStr } });
  });

  const root = document.getElementById("root");
  if (!root) return;
  createRoot(root).render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
}
