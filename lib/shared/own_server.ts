const LOCAL_NAME = /^(localhost|[^.:]+|.+\.(localhost|local|internal|lan|home\.arpa))\.?$/i;
const PRIVATE_IPV4 = /^(?=\d+\.\d+\.\d+\.\d+$)(127|10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\./;
const PRIVATE_IPV6 = /^\[(::1|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*)\]$/i;

/** Whether a server's address is on this machine or in a private network. */
export function isOwnServer(url: string): boolean {
  const { hostname } = new URL(url);
  return LOCAL_NAME.test(hostname) || PRIVATE_IPV4.test(hostname) || PRIVATE_IPV6.test(hostname);
}
