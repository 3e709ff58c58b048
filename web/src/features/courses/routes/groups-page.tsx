import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useId } from "../../../lib/address";
import { useCourseStanding } from "../../../lib/course-standing";
import { Page } from "../../../ui/page";
import { QueryView } from "../../../ui/query-view";
import { Empty } from "../../../ui/states";
import { AddByName } from "../components/add-by-name";
import { GroupCard } from "../components/group-card";
import {
  createGroup,
  createGroupSet,
  type GroupSet,
  groupSetsQuery,
  groupsQuery,
} from "../groups-api";

export default function GroupsPage() {
  const { t } = useTranslation();
  const courseId = useId("courseId");
  const staff = useCourseStanding().may("group.manage");
  const queryClient = useQueryClient();
  const query = useQuery(groupSetsQuery(courseId));
  const create = useMutation({
    mutationFn: (name: string) => createGroupSet(courseId, name),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: groupSetsQuery(courseId).queryKey }),
  });
  return (
    <Page title={t("course.groups")}>
      {staff && <AddByName label={t("courses.groups.newSet")} mutation={create} />}
      <QueryView query={query} lines={3}>
        {(sets) =>
          sets.length === 0 ? (
            <Empty title={t("courses.groups.empty")}>{t("courses.groups.emptyHelp")}</Empty>
          ) : (
            sets.map((set) => <SetOfGroups key={set.group_set_id} courseId={courseId} set={set} />)
          )
        }
      </QueryView>
    </Page>
  );
}

function SetOfGroups({ courseId, set }: { courseId: number; set: GroupSet }) {
  const { t } = useTranslation();
  const staff = useCourseStanding().may("group.manage");
  const queryClient = useQueryClient();
  const query = useQuery(groupsQuery(set.group_set_id));
  const create = useMutation({
    mutationFn: (name: string) => createGroup(set.group_set_id, name),
    onSuccess: () =>
      queryClient.invalidateQueries({ queryKey: groupsQuery(set.group_set_id).queryKey }),
  });
  return (
    <section className="stack" aria-labelledby={`set-${set.group_set_id}`}>
      <h2 id={`set-${set.group_set_id}`}>{set.name}</h2>
      <QueryView query={query} lines={2}>
        {(groups) => (
          <div className="form-grid" style={{ maxInlineSize: "none" }}>
            {groups.map((group) => (
              <GroupCard key={group.group_id} courseId={courseId} group={group} />
            ))}
          </div>
        )}
      </QueryView>
      {staff && <AddByName label={t("courses.groups.newGroup")} mutation={create} />}
    </section>
  );
}
