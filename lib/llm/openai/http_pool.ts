import { AnswerReader } from "./http_answer.ts";

/** How long a connection is kept for the next request, and how many of one server are. */
const IDLE_MS = 55_000;
const MAX_IDLE = 1_024;

/** No connection was made, so nothing was asked. The cause tells why. */
export class NotConnected extends Error {
  override name = "NotConnected";
  /** As Node.js names it, such as ECONNREFUSED; Deno itself has none for names and certificates. */
  readonly code: string;

  constructor(cause: unknown) {
    super("No connection", { cause });
    this.code = codeOf(cause);
  }
}

function codeOf(cause: unknown): string {
  if (!(cause instanceof Error)) return "unknown";
  if ("code" in cause && typeof cause.code === "string") return cause.code;
  if (cause instanceof Deno.errors.InvalidData) return "ERR_TLS";
  return cause.message.includes("lookup") ? "ENOTFOUND" : cause.name;
}

/** Where a server is. */
export interface Place {
  readonly secure: boolean;
  readonly hostname: string;
  readonly port: number;
}

/** A connection and what reads its answers. */
export interface Connection {
  readonly conn: Deno.Conn;
  readonly reader: AnswerReader;
  readonly key: string;
  idleSince: number;
}

/** Connections that wait for their next request, the latest last. */
const idle = new Map<string, Connection[]>();

const keyOf = ({ secure, hostname, port }: Place) =>
  `${secure ? "https" : "http"}://${hostname}:${port}`;

/**
 * Makes a new connection, over TLS where it is to be secure.
 * @throws {NotConnected}
 */
export async function connect(place: Place): Promise<Connection> {
  const { secure, hostname, port } = place;
  try {
    const conn = await (secure ? secured(hostname, port) : plain(hostname, port));
    return { conn, reader: new AnswerReader(conn), key: keyOf(place), idleSince: 0 };
  } catch (cause) {
    throw new NotConnected(cause);
  }
}

async function plain(hostname: string, port: number): Promise<Deno.Conn> {
  const conn = await Deno.connect({ hostname, port });
  conn.setNoDelay(true);
  return conn;
}

async function secured(hostname: string, port: number): Promise<Deno.Conn> {
  const conn = await Deno.connectTls({ hostname, port, alpnProtocols: ["http/1.1"] });
  try {
    await conn.handshake();
    return conn;
  } catch (error) {
    closeQuietly(conn);
    throw error;
  }
}

/** Takes the connection that was used last, if any is kept; the others may end unused. */
export function take(place: Place): Connection | undefined {
  const key = keyOf(place);
  const connection = idle.get(key)?.pop();
  if (!connection || performance.now() - connection.idleSince > IDLE_MS) {
    // The others have waited for longer.
    for (const each of [connection, ...idle.get(key) ?? []]) if (each) closeQuietly(each.conn);
    idle.delete(key);
    return undefined;
  }
  connection.idleSince = 0;
  connection.conn.ref();
  return connection;
}

/** Keeps a connection whose answer was read to its end for the next request. */
export function keep(connection: Connection): void {
  const { key, reader, conn } = connection;
  const kept = idle.get(key) ?? [];
  if (kept.length >= MAX_IDLE) return closeQuietly(conn);
  idle.set(key, kept);
  kept.push(connection);
  connection.idleSince = performance.now();
  conn.unref();
  // Whatever comes while nothing was asked, its end above all, makes it useless.
  const discard = () => {
    if (connection.idleSince > 0) forget(connection);
  };
  reader.ahead().then(discard, discard);
}

function forget(connection: Connection): void {
  const kept = idle.get(connection.key) ?? [];
  const at = kept.indexOf(connection);
  if (at >= 0) kept.splice(at, 1);
  if (kept.length === 0) idle.delete(connection.key);
  connection.idleSince = 0;
  closeQuietly(connection.conn);
}

/** Closes a connection that may be closed already. */
export function closeQuietly(conn: Deno.Conn): void {
  try {
    conn.close();
  } catch {
    // It was closed already.
  }
}
