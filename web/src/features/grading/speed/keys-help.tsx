import { useTranslation } from "react-i18next";
import { Dialog } from "../../../ui/dialog";

const keys = [
  ["j", "next"],
  ["k", "previous"],
  ["1–9", "level"],
  ["g", "grade"],
  ["Enter", "save"],
  ["c", "comment"],
  ["Ctrl Enter", "saveFromComment"],
  [".", "repeat"],
  ["s", "split"],
  ["b", "keep"],
  ["v", "voice"],
  ["u", "undo"],
  ["n / p", "notes"],
  ["h", "highlight"],
  ["x", "strike"],
  ["m", "point"],
  ["d", "draw"],
  ["Esc", "leave"],
] as const;

/** The keys of this page. */
export function KeysHelp({ onClose }: { onClose: () => void }) {
  return (
    <KeyList keys={keys.map(([key, words]) => [key, `speed.keys.${words}`])} onClose={onClose} />
  );
}

interface KeyListProps {
  /** Each key with the name of its words. */
  keys: readonly (readonly [string, string])[];
  onClose: () => void;
}

/** The keys of a page where work is graded. */
export function KeyList({ keys, onClose }: KeyListProps) {
  const { t } = useTranslation();
  return (
    <Dialog title={t("speed.keys.title")} onClose={onClose}>
      <dl className="keys">
        {keys.map(([key, words]) => (
          <div key={key}>
            <dt className="row">
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(words)}</dd>
          </div>
        ))}
      </dl>
      <p className="small muted">{t("speed.keys.help")}</p>
    </Dialog>
  );
}
