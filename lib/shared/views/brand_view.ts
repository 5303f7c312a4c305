/** The organisation's branding, as far as it is set. */
export interface BrandView {
  name: string;
  /** Under the home page's heading; "" for none. */
  tagline: string;
  /** In the footer; "" for the default. */
  notice: string;
  /** Replaces the default logo. */
  logo: { href: string; width: number; height: number } | null;
  /** Address of the style sheet with its colour, or null. */
  theme: string | null;
  /** Address of the manifest with its name and logo. */
  manifest: string;
}
