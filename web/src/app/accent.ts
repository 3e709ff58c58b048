/**
 * An institution's accent replaces ours only where it can be read: white or black text on it
 * must reach 4.5:1. In dark and high-contrast themes the house colours stay.
 */
export function applyAccent(accent: string | null | undefined): void {
  const root = document.documentElement;
  const ink = accent ? inkOn(accent) : undefined;
  if (!accent || !ink || contrast(accent, "#faf9f6") < 4.5) {
    root.style.removeProperty("--tenant-accent");
    delete root.dataset.accent;
    return;
  }
  root.style.setProperty("--tenant-accent", accent);
  root.style.setProperty("--tenant-accent-ink", ink);
  root.dataset.accent = "tenant";
}

function inkOn(colour: string): string | undefined {
  if (!/^#[0-9a-f]{6}$/i.test(colour)) return undefined;
  return ["#ffffff", "#1d1c1a"].find((ink) => contrast(colour, ink) >= 4.5);
}

export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const channel = (at: number) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}
