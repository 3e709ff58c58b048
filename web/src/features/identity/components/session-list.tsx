import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Badge } from "../../../ui/badge";
import { Button } from "../../../ui/button";
import { QueryView } from "../../../ui/query-view";
import { ActionFailed } from "../../../ui/states";
import { When } from "../../../ui/when";
import { endSession, sessionsQuery } from "../api";

/** Where the person is signed in; any of them can be ended from here. */
export function SessionList() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const query = useQuery(sessionsQuery);
  const end = useMutation({
    mutationFn: endSession,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
  return (
    <section className="panel" aria-labelledby="sessions">
      <h2 id="sessions">{t("identity.sessions.title")}</h2>
      <ActionFailed error={end.error} />
      <QueryView query={query} lines={2}>
        {(sessions) => (
          <ul className="rows">
            {sessions.map((session) => (
              <li key={session.session_id} className="rows-link">
                <span className="grow">
                  <strong>{deviceOf(session.agent) || t("identity.sessions.unknown")}</strong>
                  <br />
                  <span className="small muted">
                    {session.address} <When at={session.last_seen_at} relative />
                  </span>
                </span>
                {session.current ? (
                  <Badge tone="good">{t("identity.sessions.thisOne")}</Badge>
                ) : (
                  <Button onClick={() => end.mutate(session.session_id)}>
                    {t("identity.sessions.end")}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </QueryView>
    </section>
  );
}

/** "Chrome · Windows" out of a user agent; the rest of it tells a person nothing. */
function deviceOf(agent: string | null): string {
  if (!agent) return "";
  const browser = /(Edg|Firefox|Chrome|Safari)\//.exec(agent)?.[1]?.replace("Edg", "Edge");
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|CrOS|Linux)/.exec(agent)?.[1];
  return [browser, system].filter(Boolean).join(" · ");
}
