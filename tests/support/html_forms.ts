/** The fields that a browser would send of a page's first form whose tag matches. */
export function formOf(html: string, tag: RegExp): Record<string, string> {
  const form =
    html.match(/<form[^]*?<\/form>/g)?.find((each) =>
      tag.test(/^<form[^>]*>/.exec(each)?.[0] ?? "")
    ) ?? "";
  const fields: Record<string, string> = {};
  for (const [input] of form.matchAll(/<input(?:[^>"]|"[^"]*")*>/g)) {
    const name = /name="([\w.-]+)"/.exec(input)?.[1];
    if (!name || (/type="(checkbox|radio)"/.test(input) && !/ checked/.test(input))) continue;
    fields[name] = /type="checkbox"/.test(input)
      ? "on"
      : plainText(/value="([^"]*)"/.exec(input)?.[1] ?? "");
  }
  for (
    const [, name = "", text = ""] of form.matchAll(
      /<textarea[^>]*name="([\w.-]+)"[^>]*>([^]*?)<\/textarea>/g,
    )
  ) {
    fields[name] = plainText(text);
  }
  for (
    const [, name = "", options = ""] of form.matchAll(
      /<select[^>]*name="([\w.]+)"[^>]*>([^]*?)<\/select>/g,
    )
  ) {
    const chosen = /<option[^>]*selected[^>]*>/.exec(options)?.[0] ?? "";
    fields[name] = plainText(/value="([^"]*)"/.exec(chosen)?.[1] ?? "");
  }
  return fields;
}

/** A page's visible text. */
export function plainText(html: string): string {
  return html.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">")
    .replaceAll("&#39;", "'").replaceAll("&amp;", "&");
}
