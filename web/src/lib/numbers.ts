const arabicIndic = "٠١٢٣٤٥٦٧٨٩";
const persian = "۰۱۲۳۴۵۶۷۸۹";

const formats = new Map<string, Intl.NumberFormat>();

/** Making a format costs far more than using one, and a grid uses thousands. */
function format(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  let known = formats.get(key);
  if (!known) {
    known = new Intl.NumberFormat(locale, options);
    formats.set(key, known);
  }
  return known;
}

/** A number in the reader's locale, at most two decimals unless told otherwise. */
export function formatNumber(value: number, locale: string, maximumFractionDigits = 2): string {
  return format(locale, { maximumFractionDigits }).format(value);
}

export function formatPercent(value: number, locale: string, digits = 2): string {
  return format(locale, { style: "percent", maximumFractionDigits: digits }).format(value / 100);
}

export function formatBytes(bytes: number, locale: string): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  let step = 0;
  let value = bytes;
  while (value >= 1000 && step < units.length - 1) {
    value /= 1000;
    step += 1;
  }
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: units[step],
    // "14 byte" is no English; the shorter words of larger units are.
    unitDisplay: step === 0 ? "long" : "short",
    maximumFractionDigits: value < 10 && step > 0 ? 1 : 0,
  }).format(value);
}

/**
 * Reads what a person typed as a decimal: the locale's separator, a point, a comma and
 * Arabic digits are all understood. Undefined when it is no number.
 */
export function parseDecimal(text: string, locale: string): number | undefined {
  let plain = "";
  for (const ch of text.trim()) {
    const digit = arabicIndic.includes(ch) ? arabicIndic.indexOf(ch) : persian.indexOf(ch);
    plain += digit >= 0 ? String(digit) : ch;
  }
  plain = plain
    .replace(/[\s\u00a0\u202f٬’']/g, "")
    .replace(/[٫]/g, ".")
    .replace("−", "-");
  const decimal = decimalSeparator(locale);
  const points = plain.split(".").length - 1;
  const commas = plain.split(",").length - 1;
  if (points > 0 && commas > 0) {
    // Both occur: the later one divides, the other only groups.
    const last = plain.lastIndexOf(".") > plain.lastIndexOf(",") ? "." : ",";
    plain = plain.replaceAll(last === "." ? "," : ".", "").replace(last, ".");
  } else if (commas === 1) {
    // "1,500" is fifteen hundred where the comma groups; "17,5" is a decimal everywhere.
    const groups = decimal !== "," && /^\D?\d{1,3},\d{3}$/.test(plain);
    plain = plain.replace(",", groups ? "" : ".");
  }
  return /^-?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : undefined;
}

function decimalSeparator(locale: string): string {
  const parts = new Intl.NumberFormat(locale, { numberingSystem: "latn" }).formatToParts(1.5);
  return parts.find((p) => p.type === "decimal")?.value ?? ".";
}
