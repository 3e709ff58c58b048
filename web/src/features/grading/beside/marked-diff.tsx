import "../annotate/notes.css";
import type { Stretch } from "./text-diff";

interface MarkedDiffProps {
  stretches: Stretch[];
  /** Whether this is the text that came later. */
  later: boolean;
  label: string;
}

/** A text with what is not in the other one marked, by more than colour. */
export function MarkedDiff({ stretches, later, label }: MarkedDiffProps) {
  const Mark = later ? "ins" : "del";
  return (
    <section className="work-text beside-text" data-prose aria-label={label} dir="auto">
      {stretches.map((one, at) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: a stretch is known by its place
        one.changed ? <Mark key={at}>{one.text}</Mark> : <span key={at}>{one.text}</span>,
      )}
    </section>
  );
}
