/** Where the application lives: `/` on an institution's own host, `/t/{slug}/` on a shared one. */
export function basePathOf(pathname: string): string {
  const [, first, slug] = pathname.split("/");
  return first === "t" && slug ? `/t/${slug}/` : "/";
}

export const basePath = basePathOf(globalThis.location?.pathname ?? "/");

export const apiBase = `${basePath}api/v1`;

/** Addresses the server gives are absolute or start with `/`; ours are relative to the base. */
export function apiUrl(path: string): string {
  return `${apiBase}${path}`;
}

/** A file the server ships beside the application; these live at the root in either placement. */
export function assetUrl(name: string): string {
  return `/assets/${name}`;
}
