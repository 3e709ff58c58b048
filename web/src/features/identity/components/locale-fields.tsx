import { useTranslation } from "react-i18next";
import { languages } from "../../../lib/i18n";
import { fieldError } from "../../../lib/problem";
import { timeZones } from "../../../lib/zones";
import { SelectField } from "../../../ui/field";

interface Locale {
  locale: string | null;
  time_zone: string | null;
}

interface LocaleFieldsProps {
  value: Locale;
  /** What holds where nothing is chosen, in words. */
  otherwise: Record<keyof Locale, string>;
  help?: string;
  error: unknown;
  onChange: (part: Partial<Locale>) => void;
}

/** Language and time zone, of a person or of a part of the institution. */
export function LocaleFields({ value, otherwise, help, error, onChange }: LocaleFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <SelectField
        label={t("identity.profile.language")}
        value={value.locale ?? ""}
        error={fieldError(error, "locale")}
        onChange={(event) => onChange({ locale: event.target.value || null })}
        choices={[
          { value: "", label: otherwise.locale },
          ...languages.map((language) => ({ value: language.code, label: language.name })),
        ]}
      />
      <SelectField
        label={t("identity.profile.timeZone")}
        help={help}
        value={value.time_zone ?? ""}
        error={fieldError(error, "time_zone")}
        onChange={(event) => onChange({ time_zone: event.target.value || null })}
        choices={[
          { value: "", label: otherwise.time_zone },
          ...timeZones(value.time_zone ?? "UTC").map((zone) => ({ value: zone, label: zone })),
        ]}
      />
    </>
  );
}
