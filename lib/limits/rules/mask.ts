/**
 * Masks a source for administrators.
 * IPv4 without its last part, IPv6 by its /64, a phone number or WhatsApp's id of a person by its
 * ends, an e-mail address by its first letter and host, also in front of a browser's id; the public
 * part of an API key as it is. Anything else is masked fully.
 */
export function maskedSource(source: string): string {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(source)) return source.replace(/\d+$/, "…");
  if (/^obt_[0-9A-Za-z]{8}$/.test(source)) return source;
  if (/^[\da-f:]+::\/(64|48)$/i.test(source)) return source;
  const phone = /^(?:whatsapp:)?\+?(\d{6,15})$/.exec(source)?.[1];
  if (phone !== undefined) return `+${phone.slice(0, 2)}…${phone.slice(-2)}`;
  const [, land, id] = /^([A-Z]{2})(?:\.ENT)?\.([A-Za-z0-9]{6,128})$/.exec(source) ?? [];
  if (land !== undefined && id !== undefined) return `${land}…${id.slice(-2)}`;
  const [, first, host] = /^(.)[^@\s]*@([^@\s]+)(?: [\w-]{22})?$/u.exec(source) ?? [];
  if (first !== undefined && host !== undefined) return `${first}…@${host}`;
  return "";
}
