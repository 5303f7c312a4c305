/*
 * Content-Security-Policies. Everything comes from this host, and only Fresh's own inline scripts
 * run. No model's text can cause a request: images and media of other hosts are blocked even if the
 * Markdown renderer fails to.
 */

// `blob:` is a recording of the page's own, to hear it before it is sent.
const DIRECTIVES = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
];

/** For Fresh's `csp({ useNonce: true })`, which replaces 'unsafe-inline' by a page's nonce. */
export const NONCE_POLICY = DIRECTIVES.map((directive) =>
  directive.startsWith("script-src ") ? `${directive} 'unsafe-inline'` : directive
);

/** For a page without a policy, such as an error page. */
export const PAGE_POLICY = DIRECTIVES.join("; ");

/** For other answers without a policy: nothing may run. */
export const NO_POLICY = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";

/** For the service worker, which asks this host only. */
export const WORKER_POLICY = `${NO_POLICY}; connect-src 'self'`;

/** For uploaded pictures: opened directly, they are documents without an origin. */
export const PICTURE_POLICY = `${NO_POLICY}; style-src 'unsafe-inline'; sandbox`;

const UNSAFE = /\s+'unsafe-inline'/gi;
const UPGRADE = "upgrade-insecure-requests";

/**
 * Completes a policy. Without a rendered page Fresh leaves 'unsafe-inline' in place: it is removed.
 * `upgrade-insecure-requests` only when the server has https.
 */
export function strictPolicy(policy: string, https: boolean): string {
  const strict = policy.replace(UNSAFE, "");
  if (https || !strict.toLowerCase().includes(UPGRADE)) return strict;
  return strict.split(";").map((directive) => directive.trim())
    .filter((directive) => directive !== "" && directive.toLowerCase() !== UPGRADE).join("; ");
}
