import { asset } from "fresh/runtime";
import { ENGLISH_PAGES } from "@/lib/locales/page/en.ts";
import { GROUNDS } from "@/lib/settings/rules/colour.ts";
import { DEFAULT_SETTINGS } from "@/lib/settings/rules/settings.ts";
import { textDirection } from "@/lib/shared/languages.ts";
import { define } from "@/lib/web/define.ts";

/** The HTML document. Pages set their title, description and style sheet through `Head`. */
export default define.page(({ Component, state }) => {
  const { brand = null, texts = ENGLISH_PAGES, theme = null, forgets = false } = state;
  return (
    <html lang={texts.language} dir={textDirection(texts.language)} data-theme={theme}>
      <head>
        <meta charset="utf-8" />
        {forgets && <script src={asset("/forget.js")} />}
        <meta
          name="viewport"
          content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
        />
        <title>{brand?.name ?? DEFAULT_SETTINGS.organisation.name}</title>
        <meta name="description" content={texts.frame.description} />
        <meta name="color-scheme" content={theme ?? "light dark"} />
        {theme === null
          ? (["light", "dark"] as const).map((each) => (
            <meta
              key={each}
              name="theme-color"
              content={GROUNDS[each].bg}
              media={`(prefers-color-scheme: ${each})`}
            />
          ))
          : <meta name="theme-color" content={GROUNDS[theme].bg} />}
        {brand?.logo
          ? (
            <>
              <link rel="icon" href={brand.logo.href} />
              <link rel="apple-touch-icon" href={brand.logo.href} />
            </>
          )
          : <link rel="icon" href={asset("/favicon.svg")} type="image/svg+xml" />}
        <link rel="manifest" href={brand?.manifest ?? asset("/manifest.webmanifest")} />
      </head>
      <body>
        <Component />
      </body>
    </html>
  );
});
