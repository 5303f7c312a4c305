import { asset, Head } from "fresh/runtime";
import { useBrand } from "./brand.ts";
import { useChosenTheme } from "./theme.ts";

/** The style sheet of a page's frame, then a theme chosen by hand and the organisation's colours. */
export function Styles({ sheet }: { sheet: "/public.css" | "/admin.css" }) {
  const theme = useBrand()?.theme;
  const chosen = useChosenTheme();
  return (
    <Head>
      <link key="sheet" rel="stylesheet" href={asset(sheet)} />
      {chosen && <link key="chosen" rel="stylesheet" href={asset(`/${chosen}.css`)} />}
      {theme && (
        <link
          key="theme"
          rel="stylesheet"
          href={chosen === null ? theme : `${theme}&chosen=${chosen}`}
        />
      )}
    </Head>
  );
}
