import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { itemsOf } from "../../../lib/query-client";
import { Button } from "../../../ui/button";
import { Page } from "../../../ui/page";
import { QueryView, ShowMore } from "../../../ui/query-view";
import { Empty } from "../../../ui/states";
import { When } from "../../../ui/when";
import { markRead, type Notification, notificationsKey, notificationsQuery } from "../api";

export default function InboxPage() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const query = useInfiniteQuery(notificationsQuery());
  const read = useMutation({
    mutationFn: (items: Notification[]) =>
      Promise.all(items.map((item) => markRead(item.notification_id))),
    onSettled: () => queryClient.invalidateQueries({ queryKey: notificationsKey }),
  });
  const unread = itemsOf(query.data).filter((item) => !item.read_at);

  return (
    <Page
      title={t("nav.inbox")}
      actions={
        unread.length > 0 && (
          <Button busy={read.isPending} onClick={() => read.mutate(unread)}>
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
                  <Line item={item} onRead={() => item.read_at || read.mutate([item])} />
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
  const words = (
    <>
      <span className="grow">
        {item.read_at ? item.title : <strong>{item.title}</strong>}
        {!item.read_at && <span className="visually-hidden"> {t("messaging.unread")}</span>}
        {item.body && (
          <>
            <br />
            <span className="small muted">{item.body}</span>
          </>
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
