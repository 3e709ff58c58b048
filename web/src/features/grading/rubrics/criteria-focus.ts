/** The criteria on the page in order, each with its levels as buttons. */
function criteria(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(".assess fieldset.criterion")];
}

const isOpen = (criterion: HTMLElement) => !criterion.querySelector('[aria-pressed="true"]');

const levels = (criterion: HTMLElement) => [
  ...criterion.querySelectorAll<HTMLElement>("button.rating"),
];

/** Goes on to the next criterion that is still open; stays where none is. */
export function focusNextOpen(after: HTMLElement): void {
  const all = criteria();
  const at = all.indexOf(after);
  const next = all.slice(at + 1).find((one) => isOpen(one) && levels(one).length > 0);
  if (next) levels(next)[0]?.focus();
}

/** A digit pressed anywhere rates the first criterion that is still open. */
export function rateFirstOpen(level: number): void {
  const first = criteria().find((one) => isOpen(one) && levels(one).length >= level);
  if (!first) return;
  levels(first)[level - 1]?.click();
  focusNextOpen(first);
}
