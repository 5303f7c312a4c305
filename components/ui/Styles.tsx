import { asset, Head } from "fresh/runtime";
import { useBrand } from "./brand.ts";

/** The style sheet of a page's frame, then the organisation's colours. */
export function Styles({ sheet }: { sheet: "/public.css" | "/admin.css" }) {
  const theme = useBrand()?.theme;
  return (
    <Head>
      <link key="sheet" rel="stylesheet" href={asset(sheet)} />
      {theme && <link key="theme" rel="stylesheet" href={theme} />}
    </Head>
  );
}
