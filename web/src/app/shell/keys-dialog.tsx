import { useTranslation } from "react-i18next";
import { setPrefs, usePrefs } from "../../lib/prefs";
import { useSession } from "../../lib/session";
import { Dialog } from "../../ui/dialog";
import { CheckField } from "../../ui/field";
import { navItems } from "./nav-items";

const gridKeys: [string[], string][] = [
  [["↑", "↓", "←", "→"], "keys.move"],
  [["Home", "End"], "keys.ends"],
  [["Page Up", "Page Down"], "keys.pages"],
  [["F2", "0–9"], "keys.edit"],
  [["Enter"], "keys.enter"],
  [["Tab"], "keys.tab"],
  [["Esc"], "keys.escape"],
  [["e"], "keys.excuse"],
  [["c"], "keys.tray"],
  [["m", "Shift F10"], "keys.menu"],
  [["Shift ↑", "Shift ↓", "Shift ←", "Shift →"], "keys.extend"],
  [["Ctrl A"], "keys.all"],
  [["Ctrl C", "Ctrl X", "Ctrl V"], "keys.copy"],
  [["Ctrl D"], "keys.fill"],
  [["Ctrl Z", "Ctrl Y"], "keys.undo"],
];

/** Every key the page listens to, and the switch that turns single letters off. */
export default function KeysDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const session = useSession();
  const { singleKeys } = usePrefs();
  return (
    <Dialog title={t("nav.keys")} onClose={onClose} wide>
      <div className="stack">
        <h3>{t("keys.everywhere")}</h3>
        <dl className="keys">
          <Row keys={["Ctrl K", "/"]} words={t("keys.palette")} />
          <Row keys={["?"]} words={t("keys.help")} />
          {navItems(session).map((item) => (
            <Row
              key={item.to}
              keys={[`g ${item.key}`]}
              words={t("keys.goTo", { place: t(item.label) })}
            />
          ))}
        </dl>
        <h3>{t("keys.gradebook")}</h3>
        <dl className="keys">
          {gridKeys.map(([keys, words]) => (
            <Row key={words} keys={keys} words={t(words)} />
          ))}
        </dl>
        <CheckField
          label={t("keys.single")}
          help={t("keys.singleHelp")}
          checked={singleKeys}
          onChange={(event) => setPrefs({ singleKeys: event.target.checked })}
        />
      </div>
    </Dialog>
  );
}

function Row({ keys, words }: { keys: string[]; words: string }) {
  return (
    <div>
      <dt className="row">
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{words}</dd>
    </div>
  );
}
