/** How an organisation shows itself on the pages, as far as it set anything. */
export interface BrandView {
  name: string;
  /** Under the home page's heading; "" for the program's own words. */
  tagline: string;
  /** At the foot; "" for the program's own words. */
  notice: string;
  /** Its picture in place of ours. */
  logo: { href: string; width: number; height: number } | null;
  /** Address of the style sheet with its colour, or null. */
  theme: string | null;
  /** Address of the manifest with its name and logo. */
  manifest: string;
}
