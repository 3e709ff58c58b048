import { queryOptions } from "@tanstack/react-query";
import { http, type Page } from "../../lib/http";
import type { Schemas } from "../../lib/schemas";

export type GroupSet = Schemas["GroupSet"];

export type GroupSetInput = Pick<GroupSet, "name" | "self_sign_up" | "size_limit">;

export type GroupMember = Schemas["GroupMember"];

export type Group = Schemas["Group"];

export const groupSetsQuery = (courseId: number) =>
  queryOptions({
    queryKey: ["course", courseId, "group-sets"],
    queryFn: async () => (await http.get<Page<GroupSet>>(`/courses/${courseId}/group-sets`)).items,
  });

export const createGroupSet = (courseId: number, input: GroupSetInput) =>
  http.post<GroupSet>(`/courses/${courseId}/group-sets`, input);

export const saveGroupSet = (set: GroupSet, input: GroupSetInput) =>
  http.put<GroupSet>(`/group-sets/${set.group_set_id}`, { ...input, version: set.version });

export const deleteGroupSet = (set: GroupSet) =>
  http.delete<void>(`/group-sets/${set.group_set_id}`);

/** Deals out the learners who are in no group yet; makes as many groups as asked for. */
export const dealOut = (set: GroupSet, groups: number | null) =>
  http.post<{ dealt: number }>(`/group-sets/${set.group_set_id}/distribution`, { groups });

export const groupsQuery = (groupSetId: number) =>
  queryOptions({
    queryKey: ["group-set", groupSetId],
    queryFn: async () => (await http.get<Page<Group>>(`/group-sets/${groupSetId}/groups`)).items,
  });

export const createGroup = (groupSetId: number, name: string) =>
  http.post<Group>(`/group-sets/${groupSetId}/groups`, { name });

export const renameGroup = (group: Group, name: string) =>
  http.put<Group>(`/groups/${group.group_id}`, {
    name,
    size_limit: group.size_limit,
    version: group.version,
  });

export const deleteGroup = (group: Group) => http.delete<void>(`/groups/${group.group_id}`);

export const addMember = (groupId: number, user_id: number) =>
  http.post<void>(`/groups/${groupId}/members`, { user_id });

export const removeMember = (groupId: number, userId: number) =>
  http.delete<void>(`/groups/${groupId}/members/${userId}`);

export const joinGroup = (groupId: number) => http.put<Group>(`/groups/${groupId}/members/me`);

export const leaveGroup = (groupId: number) => http.delete<void>(`/groups/${groupId}/members/me`);
