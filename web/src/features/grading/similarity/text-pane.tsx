import { useEffect, useMemo, useRef } from "react";
import { segmentsOf } from "./segments";
import type { TextRange } from "./similarity-api";

interface TextPaneProps {
  label: string;
  text: string;
  passages: TextRange[];
  leftOut: TextRange[];
  /** The passage that is looked at. */
  current?: number;
}

/** A text with its passages marked; the one that is looked at is brought into view. */
export function TextPane({ label, text, passages, leftOut, current }: TextPaneProps) {
  const ref = useRef<HTMLElement>(null);
  const segments = useMemo(() => segmentsOf(text, passages, leftOut), [text, passages, leftOut]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text has its passages elsewhere
  useEffect(() => {
    const mark = ref.current?.querySelector<HTMLElement>("mark[data-current]");
    if (!mark || !ref.current) return;
    ref.current.scrollTop = mark.offsetTop - ref.current.clientHeight / 3;
  }, [current, segments]);
  return (
    <section
      ref={ref}
      className="similar-text"
      aria-label={label}
      dir="auto"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys
      tabIndex={0}
    >
      {segments.map((segment) =>
        segment.passage === undefined ? (
          <span key={segment.at} className={segment.leftOut ? "left-out" : undefined}>
            {segment.text}
          </span>
        ) : (
          <mark key={segment.at} data-current={segment.passage === current || undefined}>
            {segment.text}
          </mark>
        ),
      )}
    </section>
  );
}
