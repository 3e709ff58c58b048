import { queryOptions } from "@tanstack/react-query";
import { http, type Page } from "../../lib/http";

export interface GroupSet {
  group_set_id: number;
  name: string;
  /** Learners choose their group themselves. */
  self_sign_up: boolean;
  /** The most members a group of the set may have. */
  size_limit: number | null;
  version: number;
}

export type GroupSetInput = Pick<GroupSet, "name" | "self_sign_up" | "size_limit">;

export interface GroupMember {
  user_id: number;
  name: string;
}

export interface Group {
  group_id: number;
  group_set_id: number;
  name: string;
  size_limit: number | null;
  members: GroupMember[];
}

export const groupSetsQuery = (courseId: number) =>
  queryOptions({
    queryKey: ["course", courseId, "group-sets"],
    queryFn: async () => (await http.get<Page<GroupSet>>(`/courses/${courseId}/group-sets`)).items,
  });

export const createGroupSet = (courseId: number, input: GroupSetInput) =>
  http.post<GroupSet>(`/courses/${courseId}/group-sets`, input);

export const saveGroupSet = (set: GroupSet, input: GroupSetInput) =>
  http.put<GroupSet>(`/group-sets/${set.group_set_id}`, { ...input, version: set.version });

export const groupsQuery = (groupSetId: number) =>
  queryOptions({
    queryKey: ["group-set", groupSetId],
    queryFn: async () => (await http.get<Page<Group>>(`/group-sets/${groupSetId}/groups`)).items,
  });

export const createGroup = (groupSetId: number, name: string) =>
  http.post<Group>(`/group-sets/${groupSetId}/groups`, { name });

export const addMember = (groupId: number, user_id: number) =>
  http.post<void>(`/groups/${groupId}/members`, { user_id });

export const removeMember = (groupId: number, userId: number) =>
  http.delete<void>(`/groups/${groupId}/members/${userId}`);

export const joinGroup = (groupId: number) => http.put<Group>(`/groups/${groupId}/members/me`);

export const leaveGroup = (groupId: number) => http.delete<void>(`/groups/${groupId}/members/me`);
