import { asset, Head } from "fresh/runtime";

/** The style sheet of these pages, beside that of the whole area. */
export function ToolStyles() {
  return (
    <Head>
      <link key="tool-styles" rel="stylesheet" href={asset("/admin_tools.css")} />
    </Head>
  );
}
