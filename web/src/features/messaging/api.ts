import { queryOptions } from "@tanstack/react-query";
import { http } from "../../lib/http";
import { pagedQuery } from "../../lib/query-client";
import type { Schemas } from "../../lib/schemas";

/** The words for a kind are ours; the facts fill them in. */
export type Notification = Schemas["Notification"] & { facts: Record<string, unknown> };

export type NotificationPage = Schemas["ListNotificationsResponse"];

export type CalendarEvent = Schemas["CalendarEvent"];

export const eventKey = (event: CalendarEvent) =>
  [event.kind, event.course_id, event.assignment_id, event.learner_id].join(":");

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
    queryFn: () =>
      http.get<Schemas["ListCalendarEventsResponse"]>("/calendar-events", { from, to }),
  });
