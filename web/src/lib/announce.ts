/** Speaks to screen readers without moving focus. The region lives outside React's tree. */
let region: HTMLElement | undefined;
let flip = false;

export function announce(text: string): void {
  if (!region?.isConnected) {
    region = document.createElement("div");
    region.className = "visually-hidden";
    region.setAttribute("role", "status");
    region.setAttribute("aria-live", "polite");
    document.body.append(region);
  }
  // The same words twice in a row are only spoken when the text node changes.
  flip = !flip;
  region.textContent = flip ? text : `${text}\u00a0`;
}
