import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { announce } from "../../../lib/announce";
import { useLocale } from "../../../lib/i18n";
import { readScore } from "./block-plan";
import { type Entry, refusedWords, type Scale, takesWords } from "./score-text";

export type Leave = "down" | "up" | "end" | "start" | "stay";

interface ScoreEditorProps {
  label: string;
  initial: string;
  /** How this assignment is graded. */
  scale: Scale;
  /** Started by typing: arrows then leave the cell instead of moving in the text. */
  typed: boolean;
  onCommit: (entry: Entry, leave: Leave) => void;
  onCancel: () => void;
}

/** The text field inside a cell. Text that is no score stays open and says why, below the cell. */
export function ScoreEditor(props: ScoreEditorProps) {
  const { label, initial, scale, typed, onCommit, onCancel } = props;
  const { t } = useTranslation();
  const locale = useLocale();
  const [text, setText] = useState(initial);
  const [invalid, setInvalid] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  const wrongId = useId();
  const read = readScore(text, locale, scale);
  const words = typeof read === "string" ? wrongWords(read) : "";

  useEffect(() => {
    input.current?.focus({ preventScroll: true });
    if (!typed) input.current?.select();
  }, [typed]);

  function wrongWords(why: string) {
    const none = refusedWords(text, scale);
    return why === "grading.block.notAScore" ? t(none.key, none.values) : t(why, { text });
  }

  function commit(leave: Leave) {
    if (typeof read === "string") {
      setInvalid(true);
      announce(words);
      return;
    }
    done.current = true;
    onCommit(read, leave);
  }

  function onKeyDown(event: KeyboardEvent) {
    event.stopPropagation();
    const leave = leaving(event, typed);
    if (leave) {
      event.preventDefault();
      commit(leave);
    } else if (event.key === "Escape") {
      event.preventDefault();
      done.current = true;
      onCancel();
    }
  }

  return (
    <>
      <input
        ref={input}
        className="gb-input"
        inputMode={takesWords(scale) ? "text" : "decimal"}
        aria-label={label}
        aria-invalid={invalid || undefined}
        aria-describedby={invalid ? wrongId : undefined}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setInvalid(false);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => done.current || commit("stay")}
      />
      {invalid && (
        <span id={wrongId} className="gb-wrong">
          {words}
        </span>
      )}
    </>
  );
}

function leaving(event: KeyboardEvent, typed: boolean): Leave | undefined {
  if (event.key === "Enter") return event.shiftKey ? "up" : "down";
  if (event.key === "Tab") return event.shiftKey ? "start" : "end";
  if (typed && event.key === "ArrowDown") return "down";
  if (typed && event.key === "ArrowUp") return "up";
  return undefined;
}
