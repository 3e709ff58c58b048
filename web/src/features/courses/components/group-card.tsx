import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCourseStanding } from "../../../lib/course-standing";
import { itemsOf } from "../../../lib/query-client";
import { IconButton } from "../../../ui/button";
import { Combobox } from "../../../ui/combobox";
import { ActionFailed } from "../../../ui/states";
import { enrollmentsQuery } from "../api";
import { addMember, type Group, groupsQuery, removeMember } from "../groups-api";

export function GroupCard({ courseId, group }: { courseId: number; group: Group }) {
  const { t } = useTranslation();
  const staff = useCourseStanding().may("group.manage");
  const queryClient = useQueryClient();
  const [text, setText] = useState("");
  const search = useDeferredValue(text.trim());
  const people = useInfiniteQuery({
    ...enrollmentsQuery(courseId, { search, role: "learner" }),
    enabled: staff && search.length > 0,
  });
  const refresh = () =>
    queryClient.invalidateQueries({ queryKey: groupsQuery(group.group_set_id).queryKey });
  const add = useMutation({
    mutationFn: (userId: number) => addMember(group.group_id, userId),
    onSuccess: refresh,
  });
  const remove = useMutation({
    mutationFn: (userId: number) => removeMember(group.group_id, userId),
    onSuccess: refresh,
  });

  return (
    <article className="panel stack">
      <h3>{group.name}</h3>
      {group.members.length === 0 ? (
        <p className="muted small">{t("courses.groups.noMembers")}</p>
      ) : (
        <ul className="rows">
          {group.members.map((member) => (
            <li key={member.user_id} className="row-between">
              {member.name}
              {staff && (
                <IconButton
                  label={t("courses.groups.removeMember", { name: member.name })}
                  icon={<X size={16} />}
                  onClick={() => remove.mutate(member.user_id)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {staff && (
        <Combobox
          label={t("courses.groups.addMember")}
          text={text}
          options={itemsOf(people.data)
            .slice(0, 8)
            .map((row) => ({ value: String(row.user_id), label: row.name }))}
          onText={setText}
          onPick={(option) => {
            setText("");
            add.mutate(Number(option.value));
          }}
        />
      )}
      <ActionFailed error={add.error ?? remove.error} />
    </article>
  );
}
