import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { logoUrl } from "../../../lib/base";
import { languages, setLanguage } from "../../../lib/i18n";
import { setPrefs, type Theme, usePrefs } from "../../../lib/prefs";
import { institutionQuery } from "../api";

interface SignInFrameProps {
  title: string;
  children: ReactNode;
}

/** The institution's front door: its name and mark, one card, and how the page should look. */
export function SignInFrame({ title, children }: SignInFrameProps) {
  const { t } = useTranslation();
  const institution = useQuery(institutionQuery).data;
  const name = institution?.name ?? "Lectern";
  useEffect(() => {
    document.title = `${title} · ${name}`;
  }, [title, name]);
  return (
    <main className="sign-in">
      <div className="row">
        <img src={logoUrl(institution)} alt="" height={36} />
        <span className="sign-in-name">{name}</span>
      </div>
      <div className="sign-in-card stack">
        <h1>{title}</h1>
        {children}
      </div>
      <Looks label={t("theme.label")} />
    </main>
  );
}

function Looks({ label }: { label: string }) {
  const { t, i18n } = useTranslation();
  const { theme } = usePrefs();
  const themes: Theme[] = ["system", "light", "dark", "contrast"];
  return (
    <div className="row">
      {languages
        .filter((language) => language.code !== i18n.language)
        .map((language) => (
          <button
            key={language.code}
            type="button"
            className="link-button"
            lang={language.code}
            onClick={() => {
              setPrefs({ language: language.code });
              void setLanguage(language.code);
            }}
          >
            {language.name}
          </button>
        ))}
      <select
        className="input"
        style={{ inlineSize: "auto" }}
        aria-label={label}
        value={theme}
        onChange={(event) => setPrefs({ theme: event.target.value as Theme })}
      >
        {themes.map((value) => (
          <option key={value} value={value}>
            {t(`theme.${value}`)}
          </option>
        ))}
      </select>
    </div>
  );
}
