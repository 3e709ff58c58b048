import { useTranslation } from "react-i18next";
import { Button } from "../../../ui/button";
import type { Outcome, OutcomeGroup } from "./outcomes-api";
import { useMethodWords } from "./use-method-words";

/** The groups an outcome stands in, from the outermost. */
export function pathOf(groups: readonly OutcomeGroup[], id: number | null): string {
  const names: string[] = [];
  for (let at = id; at !== null; ) {
    const group = groups.find((one) => one.outcome_group_id === at);
    if (!group || names.length > groups.length) break;
    names.unshift(group.title);
    at = group.parent_id;
  }
  return names.join(" › ");
}

interface OutcomeLineProps {
  outcome: Outcome;
  groups: readonly OutcomeGroup[];
  /** It is another owner's, from further up. */
  inherited?: boolean;
  children?: React.ReactNode;
}

export function OutcomeLine({ outcome, groups, inherited, children }: OutcomeLineProps) {
  const { t } = useTranslation();
  const words = useMethodWords();
  const path = pathOf(groups, outcome.outcome_group_id);
  return (
    <span className="grow">
      <strong>
        {outcome.code} {outcome.title}
      </strong>
      <br />
      <span className="small muted">
        {[path, inherited && t("outcomes.inherited"), words(outcome.method)]
          .filter(Boolean)
          .join(" · ")}
      </span>
      {children}
    </span>
  );
}

interface GroupListProps {
  groups: OutcomeGroup[];
  onEdit: (group: OutcomeGroup) => void;
}

/** An owner's own groups, as the tree they are. */
export function OutcomeGroups({ groups, onEdit }: GroupListProps) {
  const { t } = useTranslation();
  if (groups.length === 0) return <p className="muted">{t("outcomes.groups.none")}</p>;
  return (
    <ul className="rows">
      {groups.map((group) => (
        <li key={group.outcome_group_id} className="rows-link">
          <span className="grow">{pathOf(groups, group.outcome_group_id)}</span>
          <Button
            aria-label={t("outcomes.groups.edit", { title: group.title })}
            onClick={() => onEdit(group)}
          >
            {t("action.edit")}
          </Button>
        </li>
      ))}
    </ul>
  );
}
