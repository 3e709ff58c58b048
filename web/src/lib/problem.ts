/** One field's complaint inside a problem document. */
export interface FieldError {
  field?: string;
  code?: string;
  message: string;
}

/** RFC 9457 problem document as the server sends it. */
export interface ProblemDocument {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  code?: string;
  trace_id?: string;
  errors?: FieldError[];
  current?: unknown;
  yours?: unknown;
  conflicts?: unknown[];
}

/** Every failed request throws this: status 0 means that no answer came. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly traceId: string | undefined;
  readonly errors: FieldError[];
  readonly current: unknown;
  readonly yours: unknown;
  /** Of many changes in one request, those that somebody else was faster with. */
  readonly conflicts: unknown[];
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, document: ProblemDocument, retryAfterSeconds?: number) {
    super(document.detail ?? document.title ?? `HTTP ${status}`);
    this.name = "Problem";
    this.status = status;
    this.code = document.code ?? "";
    this.detail = document.detail ?? document.title ?? "";
    this.traceId = document.trace_id;
    this.errors = document.errors ?? [];
    this.current = document.current;
    this.yours = document.yours;
    this.conflicts = document.conflicts ?? [];
    this.retryAfterSeconds = retryAfterSeconds;
  }

  get offline(): boolean {
    return this.status === 0;
  }
}

export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem(0, { detail: error instanceof Error ? error.message : String(error) });
}

export function hasStatus(error: unknown, ...statuses: number[]): boolean {
  return error instanceof Problem && statuses.includes(error.status);
}

/** The complaint about one form field; the server may name it in snake_case or as a JSON path. */
export function fieldError(error: unknown, field: string): string | undefined {
  if (!(error instanceof Problem)) return undefined;
  return error.errors.find((e) => e.field === field || e.field?.endsWith(`.${field}`))?.message;
}
