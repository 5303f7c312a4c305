import { asset, Head } from "fresh/runtime";

export function ReviewStyles() {
  return (
    <Head>
      <link key="review-styles" rel="stylesheet" href={asset("/admin_review.css")} />
    </Head>
  );
}
