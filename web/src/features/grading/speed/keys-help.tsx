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
  const { t } = useTranslation();
  return (
    <Dialog title={t("speed.keys.title")} onClose={onClose}>
      <dl className="keys">
        {keys.map(([key, words]) => (
          <div key={key}>
            <dt className="row">
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(`speed.keys.${words}`)}</dd>
          </div>
        ))}
      </dl>
      <p className="small muted">{t("speed.keys.help")}</p>
    </Dialog>
  );
}
