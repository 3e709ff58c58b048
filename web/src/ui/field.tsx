import { CircleAlert } from "lucide-react";
import {
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from "react";

interface FieldProps {
  label: string;
  help?: ReactNode;
  error?: string;
}

interface FrameProps extends FieldProps {
  id: string;
  wide?: boolean;
  search?: boolean;
  children: ReactNode;
}

function Frame({ id, label, help, error, wide, search, children }: FrameProps) {
  return (
    <div className="field" data-wide={wide || undefined} data-search={search || undefined}>
      <label htmlFor={id}>{label}</label>
      {children}
      {help && (
        <div className="field-help" id={`${id}-help`}>
          {help}
        </div>
      )}
      {error && (
        <div className="field-error" id={`${id}-error`}>
          <CircleAlert size={14} aria-hidden /> {error}
        </div>
      )}
    </div>
  );
}

function describedBy(id: string, help: ReactNode, error?: string): string | undefined {
  const ids = [help ? `${id}-help` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return ids || undefined;
}

type InputProps = FieldProps &
  InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> };

export function TextField({ label, help, error, id: given, ...rest }: InputProps) {
  const own = useId();
  const id = given ?? own;
  return (
    <Frame id={id} label={label} help={help} error={error} search={rest.type === "search"}>
      <input
        id={id}
        className="input"
        type="text"
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, help, error)}
        {...rest}
      />
    </Frame>
  );
}

type AreaProps = FieldProps &
  TextareaHTMLAttributes<HTMLTextAreaElement> & { ref?: Ref<HTMLTextAreaElement> };

export function TextArea({ label, help, error, id: given, ...rest }: AreaProps) {
  const own = useId();
  const id = given ?? own;
  return (
    <Frame id={id} label={label} help={help} error={error} wide>
      <textarea
        id={id}
        className="input"
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, help, error)}
        {...rest}
      />
    </Frame>
  );
}

export interface Choice {
  value: string;
  label: string;
}

type SelectProps = FieldProps & SelectHTMLAttributes<HTMLSelectElement> & { choices: Choice[] };

export function SelectField({ label, help, error, id: given, choices, ...rest }: SelectProps) {
  const own = useId();
  const id = given ?? own;
  return (
    <Frame id={id} label={label} help={help} error={error}>
      <select
        id={id}
        className="input"
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, help, error)}
        {...rest}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </Frame>
  );
}

type CheckProps = InputHTMLAttributes<HTMLInputElement> & { label: ReactNode; help?: ReactNode };

export function CheckField({ label, help, ...rest }: CheckProps) {
  const id = useId();
  return (
    <div className="check">
      <input id={id} type="checkbox" aria-describedby={help ? `${id}-help` : undefined} {...rest} />
      <div>
        <label htmlFor={id}>{label}</label>
        {help && (
          <div className="field-help" id={`${id}-help`}>
            {help}
          </div>
        )}
      </div>
    </div>
  );
}
