import i18next from "i18next";
import ICU from "i18next-icu";
import { initReactI18next, useTranslation } from "react-i18next";

export interface Language {
  code: string;
  name: string;
  dir: "ltr" | "rtl";
}

export const languages: readonly Language[] = [
  { code: "en", name: "English", dir: "ltr" },
  { code: "ar", name: "العربية", dir: "rtl" },
];

export type Messages = Record<string, unknown>;
type Loader = (code: string) => Promise<Messages>;

let load: Loader = async () => ({});

/** The closest language we have for a locale such as `ar-EG`; English when there is none. */
export function languageFor(locale: string | null | undefined): Language {
  const wanted = (locale ?? "").toLowerCase().split(/[-_]/)[0];
  return languages.find((l) => l.code === wanted) ?? (languages[0] as Language);
}

export async function startI18n(locale: string, loader: Loader): Promise<void> {
  load = loader;
  await i18next
    .use(ICU)
    .use(initReactI18next)
    .init({
      lng: languageFor(locale).code,
      fallbackLng: false,
      resources: {},
      interpolation: { escapeValue: false },
      react: { useSuspense: false },
      returnNull: false,
    });
  await setLanguage(locale);
}

export async function setLanguage(locale: string): Promise<void> {
  const language = languageFor(locale);
  if (!i18next.hasResourceBundle(language.code, "translation")) {
    i18next.addResourceBundle(language.code, "translation", await load(language.code));
  }
  document.documentElement.lang = language.code;
  document.documentElement.dir = language.dir;
  await i18next.changeLanguage(language.code);
}

/** The locale numbers and dates are written in: our language as the device's region writes it. */
export function useLocale(): string {
  return regionalOf(useTranslation().i18n.language, navigator.languages);
}

/** Digits stay those of the language, so that figures beside our messages are written alike. */
export function regionalOf(language: string, wanted: readonly string[]): string {
  const regional = wanted.find((one) => one === language || one.startsWith(`${language}-`));
  if (!regional) return language;
  const digits = (locale: string) =>
    new Intl.NumberFormat(locale).resolvedOptions().numberingSystem;
  const numberingSystem = digits(language);
  if (digits(regional) === numberingSystem) return regional;
  return new Intl.Locale(regional, { numberingSystem }).toString();
}
