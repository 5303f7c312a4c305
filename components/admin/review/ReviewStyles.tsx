import { asset, Head } from "fresh/runtime";

/** Style sheet of the review pages. */
export function ReviewStyles() {
  return (
    <Head>
      <link key="review-styles" rel="stylesheet" href={asset("/admin_review.css")} />
    </Head>
  );
}
