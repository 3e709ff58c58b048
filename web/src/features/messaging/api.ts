import { queryOptions } from "@tanstack/react-query";
import { http, type Page } from "../../lib/http";
import { pagedQuery } from "../../lib/query-client";

/** The words for a kind are ours; the facts fill them in. */
export interface Notification {
  notification_id: number;
  kind: string;
  facts: Record<string, unknown>;
  /** Where it leads, as a path of this application. */
  link: string | null;
  created_at: string;
  read_at: string | null;
}

interface NotificationPage extends Page<Notification> {
  unread: number;
}

export interface CalendarEvent {
  calendar_event_id: number;
  kind: string;
  title: string;
  course_id: number;
  course_title: string;
  starts_at: string;
  link: string | null;
}

export const notificationsKey = ["notifications"] as const;

/** How many wait; asked now and then, since a live channel for it does not exist. */
export const unreadQuery = queryOptions({
  queryKey: [...notificationsKey, "unread"],
  refetchInterval: 60_000,
  queryFn: async () => (await http.get<NotificationPage>("/notifications", { limit: 1 })).unread,
});

export const notificationsQuery = () =>
  pagedQuery<Notification>([...notificationsKey, "list"], "/notifications");

export const markRead = (id: number) => http.put<void>(`/notifications/${id}/read`);

export const markAllRead = () => http.put<void>("/notifications/read");

export const calendarQuery = (from: string, to: string) =>
  queryOptions({
    queryKey: ["calendar", from, to],
    queryFn: async () =>
      (await http.get<{ items: CalendarEvent[] }>("/calendar-events", { from, to })).items,
  });
