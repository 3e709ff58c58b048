import { type FormEvent, type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { asProblem, hasStatus } from "../lib/problem";
import { Reference, useProblemText } from "./states";

interface FormProps {
  error: unknown;
  onSubmit: () => void;
  children: ReactNode;
  label?: string;
}

/** One column; what went wrong is summed up on top and takes the focus. */
export function Form({ error, onSubmit, children, label }: FormProps) {
  function submit(event: FormEvent) {
    event.preventDefault();
    onSubmit();
  }
  return (
    <form className="form" onSubmit={submit} noValidate aria-label={label}>
      <FormSummary error={error} />
      {children}
    </form>
  );
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
  return (
    <div ref={ref} className="form-summary" role="alert" tabIndex={-1}>
      <strong>{t(conflict ? "problem.title.conflict" : "problem.title.form")}</strong>
      <p>{text(error)}</p>
      {problem.errors.length > 0 && (
        <ul>
          {problem.errors.map((e) => (
            <li key={`${e.field}-${e.message}`}>{e.message}</li>
          ))}
        </ul>
      )}
      <Reference traceId={problem.status >= 500 ? problem.traceId : undefined} />
    </div>
  );
}
