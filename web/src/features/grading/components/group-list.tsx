import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { Button } from "../../../ui/button";
import { QueryView } from "../../../ui/query-view";
import { Empty } from "../../../ui/states";
import { type AssignmentGroup, assignmentGroupsQuery } from "../api";
import { GroupDialog } from "./group-dialog";

interface GroupListProps {
  courseId: number;
  /** Weights count; otherwise they are kept and not shown. */
  weighted: boolean;
}

/** The groups of a course with their weights and what is dropped. */
export function GroupList({ courseId, weighted }: GroupListProps) {
  const { t } = useTranslation();
  const query = useQuery(assignmentGroupsQuery(courseId));
  const [open, setOpen] = useState<AssignmentGroup | "new">();
  return (
    <section className="panel stack" aria-labelledby="groups-title">
      <div className="row-between">
        <h2 id="groups-title">{t("grading.groups.title")}</h2>
        <Button icon={<Plus size={16} aria-hidden />} onClick={() => setOpen("new")}>
          {t("grading.groups.add")}
        </Button>
      </div>
      <QueryView query={query} lines={3}>
        {(groups) =>
          groups.length === 0 ? (
            <Empty title={t("grading.groups.empty")}>{t("grading.groups.emptyHelp")}</Empty>
          ) : (
            <>
              <ul className="rows">
                {groups.map((group) => (
                  <li key={group.assignment_group_id} className="rows-link">
                    <GroupLine group={group} weighted={weighted} />
                    <Button
                      aria-label={t("grading.groups.editNamed", { name: group.name })}
                      onClick={() => setOpen(group)}
                    >
                      {t("action.edit")}
                    </Button>
                  </li>
                ))}
              </ul>
              {weighted && <WeightSum groups={groups} />}
            </>
          )
        }
      </QueryView>
      {open && (
        <GroupDialog
          courseId={courseId}
          group={open === "new" ? undefined : open}
          onClose={() => setOpen(undefined)}
        />
      )}
    </section>
  );
}

function GroupLine({ group, weighted }: { group: AssignmentGroup; weighted: boolean }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const rules = [
    group.drop_lowest > 0 && t("grading.groups.dropsLowest", { count: group.drop_lowest }),
    group.drop_highest > 0 && t("grading.groups.dropsHighest", { count: group.drop_highest }),
    group.extra_credit && t("grading.groups.isExtraCredit"),
  ].filter(Boolean);
  return (
    <>
      <span className="grow">
        <strong>{group.name}</strong>
        <br />
        <span className="small muted">{rules.join(" · ") || t("grading.groups.noRules")}</span>
      </span>
      {weighted && (
        <span className="figures">
          {t("grading.weight", { weight: formatNumber(group.weight_percent, locale) })}
        </span>
      )}
    </>
  );
}

/** Extra credit comes on top; the rest is scaled, so a sum that is not 100 is said, not refused. */
function WeightSum({ groups }: { groups: AssignmentGroup[] }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const sum = groups.reduce((all, one) => all + (one.extra_credit ? 0 : one.weight_percent), 0);
  const isWhole = Math.abs(sum - 100) < 1e-9;
  return (
    <p className={isWhole ? "small muted" : "notice"} data-tone={isWhole ? undefined : "warn"}>
      {t(isWhole ? "grading.groups.sum" : "grading.groups.sumOff", {
        sum: formatNumber(sum, locale),
      })}
    </p>
  );
}
