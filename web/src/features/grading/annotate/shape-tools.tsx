import { MapPin, Pencil, SquareDashed } from "lucide-react";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../../ui/button";
import type { Tool } from "./shape-layer";
import { useMarkable } from "./use-mark-keys";
import { useNotes } from "./use-notes";

interface ShapeTool {
  tool: Tool;
  pick: (tool: Tool, keyboard: boolean) => void;
  onDone: () => void;
}

/** Which tool is in hand on a page or a picture, by button or by key. */
export function useShapeTool(
  root: () => HTMLElement | null,
  /** Puts the keyboard on the page that is looked at. */
  onKeyboard: () => void,
  mark?: (kind: "highlight" | "strike") => boolean,
): ShapeTool {
  const { editable } = useNotes();
  const [tool, setTool] = useState<Tool>("none");
  const pick = (name: Tool, keyboard: boolean) => {
    setTool(tool === name && !keyboard ? "none" : name);
    if (keyboard) setTimeout(onKeyboard);
  };
  useMarkable({
    root,
    mark,
    put: editable ? (name) => pick(name, name === "point") : undefined,
  });
  const onDone = useCallback(() => setTool("none"), []);
  return { tool, pick, onDone };
}

const tools = [
  ["point", MapPin],
  ["area", SquareDashed],
  ["drawing", Pencil],
] as const;

/** What is put on a page by pointer; a point and an area by keys as well. */
export function ShapeTools({ tool, pick }: ShapeTool) {
  const { t } = useTranslation();
  return tools.map(([name, Icon]) => (
    <IconButton
      key={name}
      label={t(`notes.tool.${name}`)}
      icon={<Icon size={18} />}
      aria-pressed={tool === name}
      // A press of Enter has no pointer behind it.
      onClick={(event) => pick(name, event.detail === 0 && name !== "drawing")}
    />
  ));
}
