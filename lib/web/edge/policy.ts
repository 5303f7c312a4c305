/*
 * Content-Security-Policies. Everything comes from this host and nothing inline runs but what
 * Fresh itself put into a page. Nothing that a model wrote can cause a request: images and media
 * of other hosts are shut out even where the Markdown renderer failed to.
 */

const DIRECTIVES = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "media-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
];

/** For Fresh's `csp({ useNonce: true })`, which puts a page's nonce where 'unsafe-inline' stands. */
export const NONCE_POLICY = DIRECTIVES.map((directive) =>
  directive.startsWith("script-src ") ? `${directive} 'unsafe-inline'` : directive
);

/** For a page that left the app without a policy, such as an error page. */
export const PAGE_POLICY = DIRECTIVES.join("; ");

/** For whatever else left the app without a policy: nothing may run in it. */
export const NO_POLICY = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/** For pictures, some of which people bring: opened by themselves they are documents of nowhere. */
export const PICTURE_POLICY = `${NO_POLICY}; style-src 'unsafe-inline'; sandbox`;

const UNSAFE = /\s+'unsafe-inline'/gi;
const UPGRADE = "upgrade-insecure-requests";

/**
 * A policy as it may leave the server. Where no page was rendered Fresh found no place for a nonce
 * and left 'unsafe-inline' standing: it is taken out everywhere. Browsers are asked to come by
 * https for all files only if https is there.
 */
export function strictPolicy(policy: string, https: boolean): string {
  const strict = policy.replace(UNSAFE, "");
  if (https || !strict.toLowerCase().includes(UPGRADE)) return strict;
  return strict.split(";").map((directive) => directive.trim())
    .filter((directive) => directive !== "" && directive.toLowerCase() !== UPGRADE).join("; ");
}
