/** All zones the browser knows, with the one in use even if the browser does not list it. */
export function timeZones(current: string): string[] {
  const known = Intl.supportedValuesOf("timeZone");
  const extra = ["UTC", current].filter((zone) => zone && !known.includes(zone));
  return [...new Set([...extra, ...known])];
}
