import { useTranslation } from "react-i18next";
import { fromLocalInput, toLocalInput, zoneName } from "../lib/dates";
import { useLocale } from "../lib/i18n";
import { TextField } from "./field";

interface InstantFieldProps {
  label: string;
  value: string | null;
  zone: string;
  onChange: (instant: string | null) => void;
  error?: string;
}

/** A moment typed as wall-clock time in the course's zone, which is named below the field. */
export function InstantField({ label, value, zone, onChange, error }: InstantFieldProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const at = value ?? new Date().toISOString();
  return (
    <TextField
      label={label}
      type="datetime-local"
      value={toLocalInput(value, zone)}
      onChange={(event) => onChange(fromLocalInput(event.target.value, zone))}
      help={t("common.inZone", { zone, short: zoneName(at, locale, zone) })}
      error={error}
    />
  );
}
