import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useId } from "../../../lib/address";
import { useCourseStanding } from "../../../lib/course-standing";
import { Button } from "../../../ui/button";
import { Page } from "../../../ui/page";
import { QueryView } from "../../../ui/query-view";
import { Empty } from "../../../ui/states";
import { AddByName } from "../components/add-by-name";
import { DealOutDialog } from "../components/deal-out-dialog";
import { GroupCard } from "../components/group-card";
import { GroupSetDialog } from "../components/group-set-dialog";
import { createGroup, type GroupSet, groupSetsQuery, groupsQuery } from "../groups-api";

export default function GroupsPage() {
  const { t } = useTranslation();
  const courseId = useId("courseId");
  const staff = useCourseStanding().may("group.manage");
  const query = useQuery(groupSetsQuery(courseId));
  const [open, setOpen] = useState<GroupSet | "new">();
  const add = (
    <Button kind="primary" onClick={() => setOpen("new")}>
      {t("courses.groups.newSet")}
    </Button>
  );
  return (
    <Page title={t("course.groups")} actions={staff && add}>
      <QueryView query={query} lines={3}>
        {(sets) =>
          sets.length === 0 ? (
            <Empty title={t("courses.groups.empty")}>
              {t(staff ? "courses.groups.emptyHelp" : "courses.groups.emptyLearner")}
            </Empty>
          ) : (
            sets.map((set) => (
              <SetOfGroups
                key={set.group_set_id}
                courseId={courseId}
                set={set}
                onEdit={() => setOpen(set)}
              />
            ))
          )
        }
      </QueryView>
      {open && (
        <GroupSetDialog
          courseId={courseId}
          set={open === "new" ? undefined : open}
          onClose={() => setOpen(undefined)}
        />
      )}
    </Page>
  );
}

interface SetOfGroupsProps {
  courseId: number;
  set: GroupSet;
  onEdit: () => void;
}

function SetOfGroups({ courseId, set, onEdit }: SetOfGroupsProps) {
  const { t } = useTranslation();
  const staff = useCourseStanding().may("group.manage");
  const queryClient = useQueryClient();
  const query = useQuery(groupsQuery(set.group_set_id));
  const [dealing, setDealing] = useState(false);
  const create = useMutation({
    mutationFn: (name: string) => createGroup(set.group_set_id, name),
    onSuccess: () =>
      queryClient.invalidateQueries({ queryKey: groupsQuery(set.group_set_id).queryKey }),
  });
  return (
    <section className="stack" aria-labelledby={`set-${set.group_set_id}`}>
      <div className="row-between">
        <div className="stack-tight">
          <h2 id={`set-${set.group_set_id}`}>{set.name}</h2>
          <p className="muted small">
            {t(set.self_sign_up ? "courses.groups.choose" : "courses.groups.assigned")}
          </p>
        </div>
        {staff && (
          <div className="row">
            <Button onClick={() => setDealing(true)}>{t("courses.groups.deal")}</Button>
            <Button onClick={onEdit}>{t("action.edit")}</Button>
          </div>
        )}
      </div>
      <QueryView query={query} lines={2}>
        {(groups) => (
          <div className="cards">
            {groups.map((group) => (
              <GroupCard key={group.group_id} courseId={courseId} set={set} group={group} />
            ))}
          </div>
        )}
      </QueryView>
      {staff && <AddByName label={t("courses.groups.newGroup")} mutation={create} />}
      {dealing && <DealOutDialog set={set} onClose={() => setDealing(false)} />}
    </section>
  );
}
