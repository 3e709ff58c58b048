import { useEffect, useMemo, useState } from "react";
import { http, newKey } from "../../../../lib/http";
import { MoveTeller } from "./move-teller";
import { type GraderPlace, PresenceModel } from "./presence-model";

/** Who else has this gradebook open, and the way to tell them where we are. */
export interface Presence {
  others: PresenceModel;
  move: (at: GraderPlace | null) => void;
}

/** Presence of a page, with the name it has in the stream and what it listens to there. */
export function usePresence(courseId: number) {
  const [others] = useState(() => new PresenceModel());
  const [page] = useState(newKey);
  const teller = useMemo(
    () =>
      new MoveTeller((at) => http.put(`/courses/${courseId}/gradebook/presence/${page}`, { at })),
    [courseId, page],
  );

  useEffect(() => {
    const onVisible = () => document.hidden || teller.start();
    document.addEventListener("visibilitychange", onVisible);
    return () => {
      document.removeEventListener("visibilitychange", onVisible);
      teller.stop();
    };
  }, [teller]);

  const presence: Presence = useMemo(
    () => ({ others, move: (at) => teller.move(at) }),
    [others, teller],
  );
  const handlers = { presence: others.hear, open: () => teller.start() };
  return { page, presence, handlers };
}
