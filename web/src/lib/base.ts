/** Where the application lives: `/` on an institution's own host, `/t/{slug}/` on a shared one. */
export function basePathOf(pathname: string): string {
  const [, first, slug] = pathname.split("/");
  return first === "t" && slug ? `/t/${slug}/` : "/";
}

export const basePath = basePathOf(globalThis.location?.pathname ?? "/");

export const apiBase = `${basePath}api/v1`;

/** A signed address as the server gives it: whole for a store elsewhere, else below our API. */
export function fileUrl(url: string): string {
  return /^(https?:|\/|blob:|data:)/.test(url) ? url : `${apiBase}/${url}`;
}

export function apiUrl(path: string): string {
  return `${apiBase}${path}`;
}

/** An institution's mark, or ours where it has none. */
export function logoUrl(institution: { logo_url: string | null } | null | undefined): string {
  return institution?.logo_url ? fileUrl(institution.logo_url) : assetUrl("lectern.svg");
}

/** A file the server ships beside the application; these live at the root in either placement. */
export function assetUrl(name: string): string {
  return `/assets/${name}`;
}
