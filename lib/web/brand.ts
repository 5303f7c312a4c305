import { DEFAULT_SETTINGS, type Settings } from "../settings/rules/settings.ts";
import type { BrandView } from "../shared/views/brand_view.ts";

/** Branding per settings object. */
const made = new WeakMap<Settings, BrandView | null>();

/** The organisation's branding; null when none is set. */
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

/** Version of a style sheet: a hash of all its inputs. */
export function themeVersion({ organisation: { colour, logo } }: Settings): string {
  return `${colour?.slice(1) ?? "own"}-${logo === null ? 0 : 1}`;
}

/** Cache-Control of addresses with a version: one year. */
const FOR_EVER = "public, max-age=31536000, immutable";

/** Cache-Control of an answer: permanent at the current version's address, short at any other. */
export function cachedAs(url: URL, version: string): string {
  return url.searchParams.get("v") === version ? FOR_EVER : "no-cache";
}
