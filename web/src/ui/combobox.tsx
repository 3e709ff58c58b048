import { type KeyboardEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";

export interface Option {
  value: string;
  label: string;
  hint?: string;
}

interface ComboboxProps {
  label: string;
  text: string;
  options: Option[];
  onText: (text: string) => void;
  onPick: (option: Option) => void;
  help?: string;
}

/** Text field with suggestions (ARIA combobox): arrows choose, Enter takes, Escape closes. */
export function Combobox(props: ComboboxProps) {
  const { label, text, options, onText, onPick, help } = props;
  const { t } = useTranslation();
  const id = useId();
  const [active, setActive] = useState(0);
  const [open, setOpen] = useState(false);
  const shown = open && options.length > 0;

  function pick(option: Option | undefined) {
    if (!option) return;
    setOpen(false);
    onPick(option);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      const step = event.key === "ArrowDown" ? 1 : options.length - 1;
      setActive(options.length ? (active + step) % options.length : 0);
    } else if (event.key === "Enter" && shown) {
      event.preventDefault();
      pick(options[active]);
    } else if (event.key === "Escape" && shown) {
      event.stopPropagation();
      event.preventDefault();
      setOpen(false);
    }
  }

  return (
    <div className="field" style={{ position: "relative" }}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="input"
        role="combobox"
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={shown ? `${id}-${active}` : undefined}
        autoComplete="off"
        value={text}
        onChange={(event) => {
          setActive(0);
          setOpen(true);
          onText(event.target.value);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setOpen(false)}
      />
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={label}
        className={shown ? "listbox" : undefined}
        style={shown ? { insetBlockStart: "100%" } : undefined}
      >
        {shown &&
          options.map((option, i) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the text field
            <div
              key={option.value}
              id={`${id}-${i}`}
              role="option"
              tabIndex={-1}
              aria-selected={i === active}
              className="listbox-option"
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => pick(option)}
            >
              {option.label} {option.hint && <span className="muted small">{option.hint}</span>}
            </div>
          ))}
      </div>
      {help && <div className="field-help">{help}</div>}
      {open && text && options.length === 0 && (
        <div className="field-help">{t("common.noMatch")}</div>
      )}
    </div>
  );
}
