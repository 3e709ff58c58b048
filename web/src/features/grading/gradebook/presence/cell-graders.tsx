import "./presence.css";
import type { Speech } from "../score-cell";
import { initials, type OtherGrader, typists } from "./presence-model";

interface CellGradersProps {
  graders: OtherGrader[];
  speech: Speech;
}

/** Whose focus is in a cell too: letters in its corner, and the name of who is typing there. */
export function CellGraderMarks({ graders, speech }: CellGradersProps) {
  const [first] = graders;
  if (!first) return null;
  const typing = typists(graders);
  const words = presenceWords(graders, speech.t);
  return (
    <span className="gb-here" data-typing={typing.length > 0 || undefined} title={words}>
      <span aria-hidden>{graders.length > 1 ? graders.length : initials(first.name)}</span>
      <span className="gb-here-name">{words}</span>
    </span>
  );
}

/** "Theo Tutor is editing this cell": what is said of others at a cell; typing comes first. */
export function presenceWords(graders: OtherGrader[], t: Speech["t"]): string {
  const typing = typists(graders);
  const [one] = typing.length > 0 ? typing : graders;
  if (!one) return "";
  const more = (typing.length > 0 ? typing : graders).length - 1;
  return t(typing.length > 0 ? "presence.editing" : "presence.here", { name: one.name, more });
}
