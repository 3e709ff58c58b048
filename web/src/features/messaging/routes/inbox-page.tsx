import "./inbox.css";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { formatDateTime } from "../../../lib/dates";
import { useLocale } from "../../../lib/i18n";
import { itemsOf } from "../../../lib/query-client";
import { useTimeZone } from "../../../lib/session";
import { Button } from "../../../ui/button";
import { Page } from "../../../ui/page";
import { QueryView, ShowMore } from "../../../ui/query-view";
import { Empty } from "../../../ui/states";
import { When } from "../../../ui/when";
import {
  markAllRead,
  markRead,
  type Notification,
  notificationsKey,
  notificationsQuery,
} from "../api";

export default function InboxPage() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const query = useInfiniteQuery(notificationsQuery());
  const onSettled = () => queryClient.invalidateQueries({ queryKey: notificationsKey });
  const read = useMutation({ mutationFn: markRead, onSettled });
  const readAll = useMutation({ mutationFn: markAllRead, onSettled });
  const unread = itemsOf(query.data).some((item) => !item.read_at);

  return (
    <Page
      title={t("nav.inbox")}
      actions={
        unread && (
          <Button busy={readAll.isPending} onClick={() => readAll.mutate()}>
            {t("messaging.markAllRead")}
          </Button>
        )
      }
    >
      <QueryView query={query}>
        {(data) => {
          const items = itemsOf(data);
          if (items.length === 0) {
            return <Empty title={t("messaging.empty.title")}>{t("messaging.empty.help")}</Empty>;
          }
          return (
            <ul className="rows panel">
              {items.map((item) => (
                <li key={item.notification_id}>
                  <Line
                    item={item}
                    onRead={() => item.read_at || read.mutate(item.notification_id)}
                  />
                </li>
              ))}
            </ul>
          );
        }}
      </QueryView>
      <ShowMore query={query} />
    </Page>
  );
}

function Line({ item, onRead }: { item: Notification; onRead: () => void }) {
  const { t } = useTranslation();
  const title = useWords(item);
  const words = (
    <>
      <span className="grow">
        {item.read_at ? title : <strong>{title}</strong>}
        {!item.read_at && <span className="visually-hidden"> {t("messaging.unread")}</span>}
        {item.kind === "learner_message" && (
          <span className="inbox-body">{String(item.facts.body ?? "")}</span>
        )}
      </span>
      <span className="small muted">
        <When at={item.created_at} relative />
      </span>
    </>
  );
  // Only paths of this application are followed; anything else is shown without a link.
  if (item.link?.startsWith("/") && !item.link.startsWith("//")) {
    return (
      <Link to={item.link} className="rows-link" onClick={onRead}>
        {words}
      </Link>
    );
  }
  return (
    <div className="rows-link">
      {words}
      {!item.read_at && <Button onClick={onRead}>{t("messaging.markRead")}</Button>}
    </div>
  );
}

function useWords({ kind, facts }: Notification): string {
  const { t } = useTranslation();
  const locale = useLocale();
  const zone = useTimeZone();
  const due = typeof facts.due_at === "string" ? formatDateTime(facts.due_at, locale, zone) : "";
  const role = typeof facts.role === "string" ? t(`role.${facts.role}`) : "";
  return t(`messaging.kind.${kind}`, {
    course: "",
    assignment: "",
    author: "",
    person: "",
    subject: "",
    ...facts,
    role,
    due,
    defaultValue: t("messaging.kind.other"),
  });
}
