import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { ShapeLayer } from "./shape-layer";
import { ShapeTools, useShapeTool } from "./shape-tools";
import { useNotes } from "./use-notes";

/** A picture with what was drawn on it. */
export function MarkedImage({ url, name, fileId }: { url: string; name: string; fileId: number }) {
  const { t } = useTranslation();
  const { editable } = useNotes();
  const root = useRef<HTMLDivElement>(null);
  const tools = useShapeTool(
    () => root.current,
    () => root.current?.querySelector<HTMLElement>(".shapes")?.focus(),
  );
  return (
    <div className="stack-tight" ref={root}>
      {editable && (
        <div className="row note-tools">
          <ShapeTools {...tools} />
        </div>
      )}
      <div className="sheet" dir="ltr">
        <img src={url} alt={t("speed.picture", { name })} className="work-image" />
        <ShapeLayer
          fileId={fileId}
          page={null}
          tool={tools.tool}
          label={name}
          onDone={tools.onDone}
        />
      </div>
    </div>
  );
}
