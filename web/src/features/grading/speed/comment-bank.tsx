import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { BookmarkPlus, MessageSquareText, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { Button, IconButton } from "../../../ui/button";
import { Dialog } from "../../../ui/dialog";
import { ActionFailed, Empty } from "../../../ui/states";
import { toast } from "../../../ui/toast";
import { forgetComment, keepComment, type SavedComment, savedCommentsQuery } from "./speed-api";

interface CommentBankProps {
  text: string;
  onInsert: (comment: SavedComment) => void;
}

/** What one says often: to put in, to keep, to take away. */
export function CommentBank({ text, onInsert }: CommentBankProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [open, setOpen] = useState(false);
  const refresh = () => queryClient.invalidateQueries(savedCommentsQuery);
  const keep = useMutation({
    mutationFn: () => keepComment(text.trim()),
    onSuccess: async () => {
      toast(t("speed.bank.kept"));
      await refresh();
    },
  });
  return (
    <div className="row">
      <Button icon={<MessageSquareText size={16} aria-hidden />} onClick={() => setOpen(true)}>
        {t("speed.bank.open")}
      </Button>
      <Button
        icon={<BookmarkPlus size={16} aria-hidden />}
        disabled={!text.trim()}
        busy={keep.isPending}
        onClick={() => keep.mutate()}
      >
        {t("speed.bank.keep")}
      </Button>
      <ActionFailed error={keep.error} />
      {open && (
        <BankDialog
          onClose={() => setOpen(false)}
          onInsert={(comment) => {
            setOpen(false);
            onInsert(comment);
          }}
        />
      )}
    </div>
  );
}

function BankDialog({
  onInsert,
  onClose,
}: {
  onInsert: (comment: SavedComment) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const locale = useLocale();
  const query = useQuery(savedCommentsQuery);
  const refresh = () => queryClient.invalidateQueries(savedCommentsQuery);
  const forget = useMutation({ mutationFn: forgetComment, onSuccess: refresh });
  return (
    <Dialog title={t("speed.bank.title")} onClose={onClose}>
      <ActionFailed error={query.error ?? forget.error} />
      {query.data?.length === 0 && (
        <Empty title={t("speed.bank.empty")}>{t("speed.bank.emptyHelp")}</Empty>
      )}
      <ul className="rows">
        {query.data?.map((comment) => (
          <li key={comment.saved_comment_id} className="row">
            <button
              type="button"
              className="rows-link grow bank-comment"
              onClick={() => onInsert(comment)}
            >
              <span className="grow">{comment.body}</span>
              <span className="small muted">
                {t("speed.bank.used", { count: comment.used_count })}
                {comment.mean_percent !== null &&
                  ` · ${t("speed.bank.stoodWith", {
                    percent: formatNumber(comment.mean_percent, locale, 1),
                    count: comment.scored_count,
                  })}`}
              </span>
            </button>
            <IconButton
              label={t("speed.bank.forget")}
              icon={<X size={16} />}
              onClick={() => forget.mutate(comment.saved_comment_id)}
            />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
