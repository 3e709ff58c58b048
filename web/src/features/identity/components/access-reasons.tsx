import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { QueryView } from "../../../ui/query-view";
import { type AccessReason, accessQuery } from "../admin-api";

interface AccessReasonsProps {
  userId: number;
  /** The course asked about; every role without one. */
  courseId: number | undefined;
  picker: ReactNode;
  /** What a course is called; courses are another service's. */
  nameOf: (courseId: number) => ReactNode;
}

/** "Why can this person see this?": every role that reaches a course, where it is held and why. */
export function AccessReasons({ userId, courseId, picker, nameOf }: AccessReasonsProps) {
  const { t } = useTranslation();
  const query = useQuery(accessQuery(userId, courseId));
  return (
    <section className="panel stack" aria-labelledby="access-title">
      <div>
        <h2 id="access-title">{t("identity.access.title")}</h2>
        <p className="muted small">{t("identity.access.help")}</p>
      </div>
      {picker}
      <QueryView query={query} lines={2}>
        {({ reasons }) =>
          reasons.length === 0 ? (
            <p>{t("identity.access.none")}</p>
          ) : (
            <ul className="rows">
              {reasons.map((reason) => (
                <li key={`${reason.role} ${reason.scope} ${reason.source}`} className="rows-link">
                  <Reason reason={reason} nameOf={nameOf} />
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </section>
  );
}

interface ReasonProps {
  reason: AccessReason;
  nameOf: (courseId: number) => ReactNode;
}

function Reason({ reason, nameOf }: ReasonProps) {
  const { t } = useTranslation();
  const course = /^course:(\d+)$/.exec(reason.scope)?.[1];
  return (
    <span className="grow">
      <strong>{t(`role.${reason.role}`)}</strong>
      {course && <> · {nameOf(Number(course))}</>}
      {!reason.active && <span className="muted"> {t("identity.access.notNow")}</span>}
      <br />
      <span className="small muted" lang="en" dir="auto">
        {reason.because}
      </span>
    </span>
  );
}
