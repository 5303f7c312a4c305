import type { PageProps } from "fresh";
import { asset } from "fresh/runtime";

/** The document around every page. A page sets its own title and description through Head. */
export default function Document({ Component }: PageProps<unknown, unknown>) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          name="viewport"
          content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
        />
        <title>OBT Helper</title>
        <meta name="description" content="AI tools to chat with, here and on WhatsApp." />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#fbfaf8" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#171615" media="(prefers-color-scheme: dark)" />
        <link rel="icon" href={asset("/favicon.svg")} type="image/svg+xml" />
        <link rel="manifest" href={asset("/manifest.webmanifest")} />
        <link rel="stylesheet" href={asset("/styles.css")} />
      </head>
      <body>
        <Component />
      </body>
    </html>
  );
}
