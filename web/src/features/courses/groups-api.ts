import { queryOptions } from "@tanstack/react-query";
import { http, type Page } from "../../lib/http";

export interface GroupSet {
  group_set_id: number;
  name: string;
}

export interface GroupMember {
  user_id: number;
  name: string;
}

export interface Group {
  group_id: number;
  group_set_id: number;
  name: string;
  members: GroupMember[];
}

export const groupSetsQuery = (courseId: number) =>
  queryOptions({
    queryKey: ["course", courseId, "group-sets"],
    queryFn: async () => (await http.get<Page<GroupSet>>(`/courses/${courseId}/group-sets`)).items,
  });

export const createGroupSet = (courseId: number, name: string) =>
  http.post<GroupSet>(`/courses/${courseId}/group-sets`, { name, self_sign_up: false });

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
