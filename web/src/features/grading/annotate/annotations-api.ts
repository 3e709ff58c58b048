import { http, type Page } from "../../../lib/http";
import type { Schemas } from "../../../lib/schemas";
import type { Selector } from "./places";

/** A grader's mark on a place in work. In a list its drawing may have been left out. */
export type Note = Schemas["AnnotationView"];

export type NoteKind = Schemas["AnnotationKind"];

export interface NewNote {
  /** Null: the text that was typed. */
  file_id: number | null;
  kind: NoteKind;
  body?: string;
  selector: Selector[];
}

export interface NotePart {
  file_id: number;
  page_from: number;
  page_to: number;
}

const ONCE = 500;

/** All there is on an attempt without drawings, or a part of it with them. */
export async function readNotes(submissionId: number, part?: NotePart): Promise<Note[]> {
  const notes: Note[] = [];
  let after: string | undefined;
  do {
    const page: Page<Note> = await http.get(`/submissions/${submissionId}/annotations`, {
      ...(part ?? { shapes: false }),
      limit: ONCE,
      after,
    });
    notes.push(...page.items);
    after = page.next ?? undefined;
  } while (after);
  return notes;
}

export const addNote = (submissionId: number, note: NewNote, key: string) =>
  http.post<Note>(`/submissions/${submissionId}/annotations`, note, key);

export const sayNote = (id: number, body: string, version: number) =>
  http.put<Note>(`/annotations/${id}`, { body, version });

export const removeNote = (id: number, version: number) =>
  http.delete<Note>(`/annotations/${id}`, { version });

export const restoreNote = (id: number, version: number) =>
  http.post<Note>(`/annotations/${id}/restoration?version=${version}`);
