import { asset, Head } from "fresh/runtime";

/** The sheet of the pages about experiments and golden conversations, after the area's own. */
export function MoreStyles() {
  return (
    <Head>
      <link key="more" rel="stylesheet" href={asset("/admin_more.css")} />
    </Head>
  );
}
