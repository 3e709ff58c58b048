import { useTranslation } from "react-i18next";
import type { Submission, Work } from "../api";

/** For the learner: with whom they work here, or that they work alone. */
export function GroupNotice({ work }: { work: Work }) {
  const { t, i18n } = useTranslation();
  if (!work.is_group_work) return null;
  if (!work.group) return <p className="notice">{t("groupWork.alone")}</p>;
  const others = work.group.members.filter((mate) => mate.user_id !== work.user_id);
  return (
    <div className="notice">
      <div className="grow stack-tight">
        <strong>{t("groupWork.your", { name: work.group.name })}</strong>
        {others.length > 0 && (
          <span>{t("groupWork.yours", { members: namesOf(others, i18n.language) })}</span>
        )}
        <span className="small muted">{t("groupWork.handInForAll")}</span>
      </div>
    </div>
  );
}

/** Who made an attempt together, as they were then. */
export function MadeBy({ submission }: { submission: Submission }) {
  const { t, i18n } = useTranslation();
  const { group } = submission;
  if (!group) return null;
  return (
    <p className="small muted">
      {t("groupWork.madeBy", {
        group: group.name,
        members: namesOf(group.members, i18n.language),
        name: group.submitted_by_name ?? "",
      })}
    </p>
  );
}

function namesOf(people: { name: string }[], language: string): string {
  return new Intl.ListFormat(language).format(people.map((one) => one.name));
}
