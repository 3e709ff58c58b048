import { type ReactNode, useEffect } from "react";

interface PageProps {
  title: string;
  /** The state in words, or a count, beside the title. */
  state?: ReactNode;
  actions?: ReactNode;
  /** As wide as the window, for grids. */
  full?: boolean;
  children: ReactNode;
}

/** One screen: its title names the browser tab too. */
export function Page({ title, state, actions, full, children }: PageProps) {
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <div className="page" data-full={full || undefined}>
      <div className="row-between page-head">
        <div className="row">
          <h1 tabIndex={-1}>{title}</h1>
          {state}
        </div>
        {actions && <div className="row">{actions}</div>}
      </div>
      {children}
    </div>
  );
}
