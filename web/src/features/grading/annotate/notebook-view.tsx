import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { MarkedText } from "./marked-text";
import { readNotebook } from "./notebook";
import { plainLines } from "./text-ranges";

/** A Jupyter notebook as cells: sources that can be marked, and outputs that are text or pictures. */
export function NotebookView({
  json,
  name,
  fileId,
}: {
  json: string;
  name: string;
  fileId: number;
}) {
  const { t } = useTranslation();
  const notebook = useMemo(() => readNotebook(json), [json]);
  if (!notebook) return <MarkedText text={plainLines(json)} fileId={fileId} label={name} />;
  return (
    <ol className="notebook">
      {notebook.cells.map((cell, at) => (
        <li key={cell.at} className="cell" data-kind={cell.kind}>
          <MarkedText
            text={cell.source}
            whole={notebook.text}
            base={cell.at}
            fileId={fileId}
            label={t("notes.cell", { number: at + 1, name })}
            prose={cell.kind === "markdown"}
          />
          {cell.outputs.map((output, n) =>
            output.kind === "text" ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: outputs are known by their place
              // biome-ignore lint/a11y/noNoninteractiveTabindex: long output is scrolled by keys
              <pre key={n} className="cell-output" tabIndex={0} dir="auto">
                {output.text}
              </pre>
            ) : (
              <img
                // biome-ignore lint/suspicious/noArrayIndexKey: outputs are known by their place
                key={n}
                src={output.url}
                alt={t("notes.output", { number: at + 1 })}
                className="work-image"
              />
            ),
          )}
        </li>
      ))}
    </ol>
  );
}
