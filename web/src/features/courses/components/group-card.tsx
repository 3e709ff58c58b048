import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Pencil, X } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCourseStanding } from "../../../lib/course-standing";
import { itemsOf } from "../../../lib/query-client";
import { useSession } from "../../../lib/session";
import { Badge } from "../../../ui/badge";
import { Button, IconButton } from "../../../ui/button";
import { Combobox } from "../../../ui/combobox";
import { FormDialog } from "../../../ui/form-dialog";
import { NameDialog } from "../../../ui/name-dialog";
import { ActionFailed } from "../../../ui/states";
import { enrollmentsQuery } from "../api";
import {
  addMember,
  deleteGroup,
  type Group,
  type GroupSet,
  groupsQuery,
  joinGroup,
  leaveGroup,
  removeMember,
  renameGroup,
} from "../groups-api";

interface GroupCardProps {
  courseId: number;
  set: GroupSet;
  group: Group;
}

export function GroupCard({ courseId, set, group }: GroupCardProps) {
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

  const drop = useMutation({ mutationFn: () => deleteGroup(group), onSuccess: refresh });
  const [open, setOpen] = useState<"name" | "removal">();
  const limit = group.size_limit ?? set.size_limit;

  return (
    <article className="panel stack">
      <div className="row-between">
        <h3>{group.name}</h3>
        <span className="small muted figures">
          {limit === null
            ? t("courses.groups.members", { count: group.members.length })
            : t("courses.groups.places", { count: group.members.length, limit })}
        </span>
        {staff && (
          <IconButton
            label={t("courses.groups.editGroup", { name: group.name })}
            icon={<Pencil size={16} />}
            onClick={() => setOpen("name")}
          />
        )}
      </div>
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
      {!staff && set.self_sign_up && <SignUp group={group} limit={limit} onDone={refresh} />}
      <ActionFailed error={add.error ?? remove.error} />
      {open === "name" && (
        <NameDialog
          title={t("courses.groups.editGroup", { name: group.name })}
          label={t("courses.groups.name")}
          name={group.name}
          extra={
            <Button kind="danger" onClick={() => setOpen("removal")}>
              {t("courses.groups.removeGroup")}
            </Button>
          }
          onSave={async (name) => {
            await renameGroup(group, name);
            await refresh();
          }}
          onClose={() => setOpen(undefined)}
        />
      )}
      {open === "removal" && (
        <FormDialog
          title={t("courses.groups.removeGroupTitle", { name: group.name })}
          mutation={drop}
          save={t("courses.groups.removeGroup")}
          danger
          onClose={() => setOpen(undefined)}
        >
          <p>{t("courses.groups.removeGroupHelp")}</p>
        </FormDialog>
      )}
    </article>
  );
}

interface SignUpProps {
  group: Group;
  limit: number | null;
  onDone: () => unknown;
}

/** A learner's own place: joining one group of a set leaves the other. */
function SignUp({ group, limit, onDone }: SignUpProps) {
  const { t } = useTranslation();
  const { may } = useCourseStanding();
  const me = useSession()?.user.user_id;
  const isIn = group.members.some((member) => member.user_id === me);
  const isFull = limit !== null && group.members.length >= limit;
  const change = useMutation({
    mutationFn: async () => {
      if (isIn) await leaveGroup(group.group_id);
      else await joinGroup(group.group_id);
    },
    onSettled: onDone,
  });
  if (!may("group.join")) return null;
  return (
    <>
      <ActionFailed error={change.error} />
      <div className="row">
        {isIn && <Badge tone="good">{t("courses.groups.yours")}</Badge>}
        {!isIn && isFull ? (
          <span className="muted">{t("courses.groups.full")}</span>
        ) : (
          <Button
            busy={change.isPending}
            aria-label={t(isIn ? "courses.groups.leaveNamed" : "courses.groups.joinNamed", {
              name: group.name,
            })}
            onClick={() => change.mutate()}
          >
            {t(isIn ? "courses.groups.leave" : "courses.groups.join")}
          </Button>
        )}
      </div>
    </>
  );
}
