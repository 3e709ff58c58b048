import { Trash2 } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "../../../lib/announce";
import { useHotkeys } from "../../../lib/hotkeys";
import { useLocale } from "../../../lib/i18n";
import { formatNumber } from "../../../lib/numbers";
import { useSession } from "../../../lib/session";
import { IconButton } from "../../../ui/button";
import { TextArea } from "../../../ui/field";
import { SaveState } from "../../../ui/save-state";
import { ActionFailed } from "../../../ui/states";
import { toast } from "../../../ui/toast";
import type { Note } from "./annotations-api";
import { useNoteWords } from "./use-note-words";
import { type NoteWithDrawing, useNotes } from "./use-notes";

interface NoteListProps {
  /** Names of the files, by number. */
  files: ReadonlyMap<number, string>;
  /** Whether n and p go through these notes. */
  keys: boolean;
}

/** All notes on an attempt, in its order: with what they are about, to be walked through by keys. */
export function NoteList({ files, keys }: NoteListProps) {
  const { t } = useTranslation();
  const { notes, active, activate, editable, error } = useNotes();
  const list = useRef<HTMLOListElement>(null);

  function go(step: 1 | -1) {
    if (notes.length === 0) return announce(t("notes.none"));
    const at = notes.findIndex((note) => note.annotation_id === active);
    const next = notes[(at < 0 && step < 0 ? 0 : at + step + notes.length) % notes.length];
    if (!next) return;
    activate(next.annotation_id);
    list.current?.querySelector<HTMLElement>(`[data-note="${next.annotation_id}"]`)?.focus();
  }
  useHotkeys(keys ? { n: () => go(1), p: () => go(-1) } : {});

  return (
    <section className="notes stack-tight" aria-label={t("notes.title")}>
      <h3 className="inline-heading">{t("notes.count", { count: notes.length })}</h3>
      {notes.length > 1 && <p className="small muted">{t("notes.walk")}</p>}
      <ActionFailed error={error} />
      {notes.length === 0 && (
        <p className="small muted">{t(editable ? "notes.how" : "notes.none")}</p>
      )}
      <ol ref={list} className="notes-list">
        {notes.map((note) => (
          <NoteCard key={note.annotation_id} note={note} file={files.get(note.file_id ?? 0)} />
        ))}
      </ol>
    </section>
  );
}

function NoteCard({ note, file }: { note: NoteWithDrawing; file: string | undefined }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { active, activate, editable, fresh, remove, restore } = useNotes();
  const me = useSession()?.user.user_id;
  const mine = editable && note.author_id === me;
  const where = [file, note.page && t("notes.page", { page: formatNumber(note.page, locale) })];

  async function takeAway() {
    const gone = await remove(note).catch(() => null);
    if (!gone) return;
    toast(t("notes.removed"), {
      label: t("action.undo"),
      run: () => void restore(gone).catch(() => {}),
    });
  }

  return (
    <li
      className="note"
      data-kind={note.kind}
      data-active={active === note.annotation_id || undefined}
    >
      <button
        type="button"
        className="note-place"
        data-note={note.annotation_id}
        aria-current={active === note.annotation_id || undefined}
        onClick={() => activate(note.annotation_id)}
      >
        <span className="note-kind">{t(`notes.kind.${note.kind}`)}</span>
        {where.filter(Boolean).length > 0 && (
          <span className="small muted">{where.filter(Boolean).join(" · ")}</span>
        )}
        {note.quote && <q className="note-quote">{note.quote}</q>}
      </button>
      {mine ? (
        <Words note={note} focus={fresh === note.annotation_id} />
      ) : (
        note.body && <p className="prose">{note.body}</p>
      )}
      <span className="row-between">
        <span className="small muted">{note.author_name}</span>
        {mine && (
          <IconButton
            label={t("notes.remove")}
            icon={<Trash2 size={16} />}
            onClick={() => void takeAway()}
          />
        )}
      </span>
    </li>
  );
}

function Words({ note, focus }: { note: Note; focus: boolean }) {
  const { t } = useTranslation();
  const { put, activate } = useNotes();
  const words = useNoteWords(note, put);
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (focus) area.current?.focus();
  }, [focus]);
  return (
    <>
      <TextArea
        ref={area}
        label={t("notes.words")}
        rows={2}
        value={words.text}
        onFocus={() => activate(note.annotation_id)}
        onChange={(event) => words.change(event.target.value)}
        onBlur={() => void words.flush()}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.preventDefault();
          document.querySelector<HTMLElement>(`[data-note="${note.annotation_id}"]`)?.focus();
        }}
      />
      <SaveState status={words.status} />
    </>
  );
}
