/** The /48 around an IPv6 /64 as limits count it, or null for anything else. */
export function networkOf(address: string): string | null {
  const groups = /^([\da-f]+:[\da-f]+:[\da-f]+):[\da-f]+::\/64$/i.exec(address)?.[1];
  return groups === undefined ? null : `${groups}::/48`;
}
