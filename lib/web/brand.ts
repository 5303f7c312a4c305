import { DEFAULT_SETTINGS, type Settings } from "../settings/rules/settings.ts";
import type { BrandView } from "../shared/views/brand_view.ts";

/** How the pages call and show the organisation, by the settings they are made of. */
const made = new WeakMap<Settings, BrandView | null>();

/** The organisation's own looks and words; null where it set none, and nothing is to be done. */
export function brandOf(settings: Settings): BrandView | null {
  let brand = made.get(settings);
  if (brand === undefined) made.set(settings, brand = brandIn(settings));
  return brand;
}

function brandIn(settings: Settings): BrandView | null {
  const { name, tagline, notice, colour, logo } = settings.organisation;
  const usual = DEFAULT_SETTINGS.organisation.name;
  if (name === usual && !tagline && !notice && !colour && !logo) return null;
  return {
    name,
    tagline,
    notice,
    logo: logo && { href: `/logo?v=${logo.version}`, width: logo.width, height: logo.height },
    theme: colour || logo ? `/theme?v=${themeVersion(settings)}` : null,
    manifest: `/manifest?v=${settings.version}`,
  };
}

/** Names a style sheet by all that it is made of. */
export function themeVersion({ organisation: { colour, logo } }: Settings): string {
  return `${colour?.slice(1) ?? "own"}-${logo === null ? 0 : 1}`;
}

/** How long browsers keep what has its version in its address: a year. */
const FOR_EVER = "public, max-age=31536000, immutable";

/** Of an answer that is right for ever at the current address, and for now at any other. */
export function cachedAs(url: URL, version: string): string {
  return url.searchParams.get("v") === version ? FOR_EVER : "no-cache";
}
