import type { ReactNode } from "react";

interface TableProps {
  /** What stands over each column. */
  columns: string[];
  /** The rows; on narrow screens each cell says its column by `data-label`. */
  children: ReactNode;
}

/** A table that scrolls sideways for itself, and stacks its cells where there is no room. */
export function Table({ columns, children }: TableProps) {
  return (
    <div className="table-wrap">
      <table className="table" data-stack>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column}>{column}</th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
