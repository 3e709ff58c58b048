import { useState } from "react";
import type { GradebookImport, GradebookImportRow, ImportChoice } from "../../imports-api";

/** What a person has decided of a comparison: conflicts as one, and single rows otherwise. */
export function useImportChoice(one: GradebookImport) {
  const [conflicts, setConflicts] = useState<"keep" | "take">("keep");
  const [single, setSingle] = useState(new Map<number, { kind: string; take: boolean }>());

  const byRule = (kind: string) => kind === "changed" || conflicts === "take";
  const takes = (row: GradebookImportRow) => single.get(row.row_no)?.take ?? byRule(row.kind);

  function decide(row: GradebookImportRow, take: boolean) {
    const next = new Map(single);
    if (take === byRule(row.kind)) next.delete(row.row_no);
    else next.set(row.row_no, { kind: row.kind, take });
    setSingle(next);
  }

  function decideConflicts(choice: "keep" | "take") {
    setConflicts(choice);
    setSingle(new Map([...single].filter(([, { kind }]) => kind !== "conflict")));
  }

  const { changed, conflict } = one.summary;
  const ruled = changed + (conflicts === "take" ? conflict : 0);
  const count = [...single.values()].reduce((sum, { take }) => sum + (take ? 1 : -1), ruled);
  const choice: ImportChoice = {
    conflicts,
    rows: [...single].map(([row_no, { take }]) => ({ row_no, take })),
  };
  return { conflicts, decideConflicts, takes, decide, count, choice };
}

export type Choosing = ReturnType<typeof useImportChoice>;
