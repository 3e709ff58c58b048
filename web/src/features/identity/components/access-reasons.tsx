import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TextField } from "../../../ui/field";
import { QueryView } from "../../../ui/query-view";
import { type AccessReason, accessQuery } from "../admin-api";

/** "Why can this person see this?": every role that reaches a course, where it is held and why. */
export function AccessReasons({ userId }: { userId: number }) {
  const { t } = useTranslation();
  const [course, setCourse] = useState("");
  const courseId = /^\d+$/.test(course.trim()) ? Number(course) : undefined;
  const query = useQuery(accessQuery(userId, courseId));
  return (
    <section className="panel stack" aria-labelledby="access-title">
      <div>
        <h2 id="access-title">{t("identity.access.title")}</h2>
        <p className="muted small">{t("identity.access.help")}</p>
      </div>
      <TextField
        label={t("identity.access.course")}
        help={t("identity.access.courseHelp")}
        inputMode="numeric"
        value={course}
        onChange={(event) => setCourse(event.target.value)}
      />
      <QueryView query={query} lines={2}>
        {({ reasons }) =>
          reasons.length === 0 ? (
            <p>{t("identity.access.none")}</p>
          ) : (
            <ul className="rows">
              {reasons.map((reason) => (
                <li key={`${reason.role} ${reason.scope} ${reason.source}`} className="rows-link">
                  <Reason reason={reason} />
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </section>
  );
}

function Reason({ reason }: { reason: AccessReason }) {
  const { t } = useTranslation();
  return (
    <span className="grow">
      <strong>{t(`role.${reason.role}`)}</strong>
      {!reason.active && <span className="muted"> {t("identity.access.notNow")}</span>}
      <br />
      <span className="small muted" lang="en" dir="auto">
        {reason.because}
      </span>
    </span>
  );
}
