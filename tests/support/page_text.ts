/** A page's text without markup, with single spaces. */
export function textOf(html: string): string {
  return html.replace(/<(style|script)[^]*?<\/\1>/g, " ").replace(/<[^>]+>/g, " ")
    .replaceAll("&#39;", "'").replaceAll("&quot;", '"').replaceAll("&amp;", "&")
    .replace(/\s+/g, " ");
}
