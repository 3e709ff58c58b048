import { queryOptions } from "@tanstack/react-query";
import { http, type Page } from "../../lib/http";
import { pagedQuery } from "../../lib/query-client";

export interface Notification {
  notification_id: number | string;
  kind: string;
  title: string;
  body: string | null;
  /** Where it leads, as a path of this application. */
  link: string | null;
  created_at: string;
  read_at: string | null;
}

interface NotificationPage extends Page<Notification> {
  unread_count?: number;
}

export interface CalendarEvent {
  calendar_event_id: string | number;
  kind: string;
  title: string;
  course_id: number | null;
  course_title?: string | null;
  assignment_id?: number | null;
  starts_at: string;
  ends_at: string | null;
}

export const notificationsKey = ["notifications"] as const;

/** How many wait; asked now and then, since a live channel for it does not exist. */
export const unreadQuery = queryOptions({
  queryKey: [...notificationsKey, "unread"],
  refetchInterval: 60_000,
  queryFn: async () => {
    const page = await http.get<NotificationPage>("/notifications", { unread: true, limit: 100 });
    return page.unread_count ?? page.items.filter((item) => !item.read_at).length;
  },
});

export const notificationsQuery = () =>
  pagedQuery<Notification>([...notificationsKey, "list"], "/notifications");

export const markRead = (id: Notification["notification_id"]) =>
  http.put<void>(`/notifications/${id}/read`);

export const calendarQuery = (from: string, to: string) =>
  queryOptions({
    queryKey: ["calendar", from, to],
    queryFn: async () =>
      (await http.get<{ items: CalendarEvent[] }>("/calendar-events", { from, to })).items,
  });
