import { type FormEvent, type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { asProblem, hasStatus } from "../lib/problem";
import { Button } from "./button";
import { LeaveGuard } from "./leave-guard";
import { Reference, useProblemText } from "./states";

interface FormProps {
  error: unknown;
  /** Told the value of the button that was pressed, where there are several. */
  onSubmit: (by: string) => void;
  children: ReactNode;
  label?: string;
  /** Leaving loses nothing, for it is kept as it is typed; or whoever draws this asks by itself. */
  savesItself?: boolean;
}

/** One column; what went wrong is summed up on top and takes the focus. */
export function Form({ error, onSubmit, children, label, savesItself }: FormProps) {
  // Not state: a save that succeeds may leave the page before anything is drawn again.
  const changed = useRef(false);
  useEffect(() => {
    if (error) changed.current = true;
  }, [error]);
  function submit(event: FormEvent) {
    event.preventDefault();
    changed.current = false;
    onSubmit(buttonOf(event.nativeEvent));
  }
  return (
    <form
      className="form"
      onSubmit={submit}
      onInput={() => {
        changed.current = true;
      }}
      noValidate
      aria-label={label}
    >
      {!savesItself && <LeaveGuard unsaved={() => changed.current} />}
      <FormSummary error={error} />
      {children}
    </form>
  );
}

function buttonOf(submit: Event): string {
  const by = submit instanceof SubmitEvent ? submit.submitter : null;
  return by instanceof HTMLButtonElement ? by.value : "";
}

function FormSummary({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const text = useProblemText();
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error) ref.current?.focus();
  }, [error]);
  if (!error) return null;
  const problem = asProblem(error);
  const conflict = hasStatus(error, 409);
  // A single complaint is often the whole problem, in the same words.
  const others = problem.errors.filter((e) => e.message !== text(error));
  return (
    <div ref={ref} className="form-summary" role="alert" tabIndex={-1}>
      <strong>{t(conflict ? "problem.title.conflict" : "problem.title.form")}</strong>
      <p>{text(error)}</p>
      {others.length > 0 && (
        <ul>
          {others.map((e) => (
            <li key={`${e.field}-${e.message}`}>{e.message}</li>
          ))}
        </ul>
      )}
      {conflict && (
        <Button onClick={() => window.location.reload()}>{t("action.readAgain")}</Button>
      )}
      <Reference traceId={problem.status >= 500 ? problem.traceId : undefined} />
    </div>
  );
}
