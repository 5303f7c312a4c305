import { Fragment, type VNode } from "preact";

/**
 * WhatsApp's marks: bold, italic, strikethrough and code, within one line except ```.
 * https://faq.whatsapp.com/539178204879377
 */
const MARKS =
  /```([^]+?)```|`([^`\n]+)`|(?<![\p{L}\p{N}*])\*(?=\S)([^*\n]*[^\s*])\*(?![\p{L}\p{N}*])|(?<![\p{L}\p{N}_])_(?=\S)([^_\n]*[^\s_])_(?![\p{L}\p{N}_])|(?<![\p{L}\p{N}~])~(?=\S)([^~\n]*[^\s~])~(?![\p{L}\p{N}~])/gu;

/** Nesting depth of marks. */
const DEEPEST = 3;

export function PhoneText({ text }: { text: string }) {
  return <p class="worded" dir="auto">{partsOf(text, 0)}</p>;
}

/** Wraps texts in fragments: bare strings in an array would be escaped twice. */
function partsOf(text: string, depth: number): VNode[] {
  if (depth >= DEEPEST) return [<Fragment key={0}>{text}</Fragment>];
  const parts: VNode[] = [];
  let from = 0;
  for (const found of text.matchAll(MARKS)) {
    const [whole, block, code, bold, italic, struck] = found;
    if (found.index > from) {
      parts.push(<Fragment key={from}>{text.slice(from, found.index)}</Fragment>);
    }
    from = found.index + whole.length;
    const verbatim = block ?? code;
    if (verbatim !== undefined) parts.push(<code>{verbatim}</code>);
    else if (bold !== undefined) parts.push(<strong>{partsOf(bold, depth + 1)}</strong>);
    else if (italic !== undefined) parts.push(<em>{partsOf(italic, depth + 1)}</em>);
    else parts.push(<s>{partsOf(struck ?? "", depth + 1)}</s>);
  }
  return [...parts, <Fragment key={from}>{text.slice(from)}</Fragment>];
}
