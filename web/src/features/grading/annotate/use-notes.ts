import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, useCallback, useContext, useMemo, useRef, useState } from "react";
import { newKey } from "../../../lib/http";
import { asProblem, hasStatus } from "../../../lib/problem";
import type { Submission } from "../api";
import {
  addNote,
  type NewNote,
  type Note,
  type NotePart,
  readNotes,
  removeNote,
  restoreNote,
} from "./annotations-api";
import { svgOf } from "./places";

/** Other graders' notes appear within this time. */
const LOOK_AGAIN_MS = 15_000;

export type NoteWithDrawing = Note & { svg: string | null };

export interface Notes {
  /** In the order of the work. */
  notes: NoteWithDrawing[];
  editable: boolean;
  active: number | null;
  activate: (id: number | null) => void;
  /** The newest of one's own, whose words are to be written. */
  fresh: number | null;
  error: unknown;
  add: (note: NewNote) => Promise<void>;
  /** What the server answered about one. */
  put: (note: Note) => void;
  remove: (note: Note) => Promise<Note>;
  restore: (note: Note) => Promise<void>;
  /** Reads drawings of these pages that are not here yet. */
  drawings: (part: NotePart) => void;
  /** All there is on a file of so many pages, with drawings, as it stands with the server. */
  whole: (fileId: number, pages: number) => Promise<Note[]>;
}

const NotesContext = createContext<Notes | null>(null);

export const NotesProvider = NotesContext.Provider;

export function useNotes(): Notes {
  const notes = useContext(NotesContext);
  if (!notes) throw new Error("There are no notes around this.");
  return notes;
}

/** Words on their way may have made it newer than it was seen. */
async function removeAsItIs(note: Note): Promise<Note> {
  try {
    return await removeNote(note.annotation_id, note.version);
  } catch (error) {
    const stands = asProblem(error).current as Note | undefined;
    if (!hasStatus(error, 409) || !stands) throw error;
    return removeNote(note.annotation_id, stands.version);
  }
}

const withDrawing = (note: Note): NoteWithDrawing => ({
  ...note,
  svg: svgOf(note.annotation.target.selector),
});

/** What graders marked in an attempt: read at once without drawings, and drawings as they come near. */
export function useNotesOf(submission: Submission, editable: boolean, read = true): Notes {
  const id = submission.submission_id;
  const queryClient = useQueryClient();
  const key = useMemo(() => ["submission", id, "annotations"], [id]);
  const [active, activate] = useState<number | null>(null);
  const [fresh, setFresh] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const asked = useRef(new Map<string, Promise<void>>());

  const query = useQuery({
    queryKey: key,
    placeholderData: undefined,
    enabled: read,
    refetchInterval: editable ? LOOK_AGAIN_MS : false,
    queryFn: async () => {
      const read = (await readNotes(id)).map(withDrawing);
      const had = new Map(
        queryClient.getQueryData<NoteWithDrawing[]>(key)?.map((n) => [n.annotation_id, n]),
      );
      // A drawing never changes, so one that is here stays.
      return read.map((n) => ({ ...n, svg: n.svg ?? had.get(n.annotation_id)?.svg ?? null }));
    },
  });

  const merge = useCallback(
    (changed: Note[]) => {
      queryClient.setQueryData<NoteWithDrawing[]>(key, (all = []) => {
        const next = new Map(all.map((n) => [n.annotation_id, n]));
        for (const one of changed.map(withDrawing)) {
          const had = next.get(one.annotation_id);
          if (had && had.version > one.version) continue;
          next.set(one.annotation_id, { ...one, svg: one.svg ?? had?.svg ?? null });
        }
        return [...next.values()];
      });
    },
    [queryClient, key],
  );

  const attempt = useCallback(async <T>(act: () => Promise<T>): Promise<T> => {
    setError(null);
    try {
      return await act();
    } catch (failure) {
      setError(failure);
      throw failure;
    }
  }, []);

  const add = useCallback(
    async (note: NewNote) => {
      const added = await attempt(() => addNote(id, note, newKey()));
      // A list that set out before does not know it.
      await queryClient.cancelQueries({ queryKey: key });
      merge([added]);
      setFresh(added.annotation_id);
      activate(added.annotation_id);
    },
    [attempt, id, key, merge, queryClient],
  );

  const remove = useCallback(
    (note: Note) =>
      attempt(async () => {
        const gone = await removeAsItIs(note);
        await queryClient.cancelQueries({ queryKey: key });
        queryClient.setQueryData<NoteWithDrawing[]>(key, (all) =>
          all?.filter((n) => n.annotation_id !== note.annotation_id),
        );
        return gone;
      }),
    [attempt, key, queryClient],
  );

  const restore = useCallback(
    (note: Note) =>
      attempt(async () => merge([await restoreNote(note.annotation_id, note.version)])),
    [attempt, merge],
  );

  const drawings = useCallback(
    (part: NotePart) => {
      const name = `${part.file_id} ${part.page_from}`;
      if (asked.current.has(name)) return;
      const reading = readNotes(id, part)
        .then(merge, setError)
        .finally(() => asked.current.delete(name));
      asked.current.set(name, reading);
    },
    [id, merge],
  );

  const whole = useCallback(
    (fileId: number, pages: number) =>
      readNotes(id, { file_id: fileId, page_from: 0, page_to: pages }),
    [id],
  );

  const notes = useMemo(() => {
    const files = [null, ...submission.files.map((file) => file.file_id)] as (number | null)[];
    const place = (n: Note) => files.indexOf(n.file_id);
    // Within a file they come in order; one that was just made takes its place with the next look.
    return [...(query.data ?? [])].sort(
      (a, b) => place(a) - place(b) || (a.page ?? 0) - (b.page ?? 0),
    );
  }, [query.data, submission.files]);

  return useMemo(
    () => ({
      notes,
      editable,
      active,
      activate,
      fresh,
      error: error ?? query.error,
      add,
      put: (note: Note) => merge([note]),
      remove,
      restore,
      drawings,
      whole,
    }),
    [
      notes,
      editable,
      active,
      fresh,
      error,
      query.error,
      add,
      merge,
      remove,
      restore,
      drawings,
      whole,
    ],
  );
}
