import { asset } from "fresh/runtime";
import { ENGLISH_PAGES } from "@/lib/locales/page/en.ts";
import { DEFAULT_SETTINGS } from "@/lib/settings/rules/settings.ts";
import { define } from "@/lib/web/define.ts";

/** The HTML document. Pages set their title, description and style sheet through `Head`. */
export default define.page(({ Component, state }) => {
  const { brand = null, texts = ENGLISH_PAGES } = state;
  return (
    <html lang={texts.language}>
      <head>
        <meta charset="utf-8" />
        <meta
          name="viewport"
          content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
        />
        <title>{brand?.name ?? DEFAULT_SETTINGS.organisation.name}</title>
        <meta name="description" content={texts.frame.description} />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#fbfaf8" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#171615" media="(prefers-color-scheme: dark)" />
        {brand?.logo
          ? <link rel="icon" href={brand.logo.href} />
          : <link rel="icon" href={asset("/favicon.svg")} type="image/svg+xml" />}
        <link rel="manifest" href={brand?.manifest ?? asset("/manifest.webmanifest")} />
      </head>
      <body>
        <Component />
      </body>
    </html>
  );
});
