import { asset, Head } from "fresh/runtime";

/** Style sheet of the tool and settings pages. */
export function ToolStyles() {
  return (
    <Head>
      <link key="tool-styles" rel="stylesheet" href={asset("/admin_tools.css")} />
    </Head>
  );
}
