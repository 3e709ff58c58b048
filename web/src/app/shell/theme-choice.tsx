import { Contrast, Languages, Moon, Sun, SunMoon } from "lucide-react";
import { useTranslation } from "react-i18next";
import { languages, setLanguage } from "../../lib/i18n";
import { setPrefs, type Theme, usePrefs } from "../../lib/prefs";
import { MenuItem } from "../../ui/menu";

const themes: [Theme, typeof Sun][] = [
  ["system", SunMoon],
  ["light", Sun],
  ["dark", Moon],
  ["contrast", Contrast],
];

/** Menu entries for the looks and the language of this device. */
export function ThemeChoice() {
  const { t, i18n } = useTranslation();
  const { theme } = usePrefs();
  return (
    <>
      <hr className="menu-divider" />
      {themes.map(([value, Icon]) => (
        <MenuItem key={value} icon={<Icon size={16} />} onSelect={() => setPrefs({ theme: value })}>
          {t(`theme.${value}`)}
          {theme === value && <span className="muted small">{t("theme.inUse")}</span>}
        </MenuItem>
      ))}
      <hr className="menu-divider" />
      {languages
        .filter((language) => language.code !== i18n.language)
        .map((language) => (
          <MenuItem
            key={language.code}
            icon={<Languages size={16} />}
            onSelect={() => {
              setPrefs({ language: language.code });
              void setLanguage(language.code);
            }}
          >
            <span lang={language.code}>{language.name}</span>
          </MenuItem>
        ))}
    </>
  );
}
