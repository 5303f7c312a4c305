/** A server's answer to raw bytes that no client library would send. */
export interface RawAnswer {
  status: number;
  head: string;
  body: string;
  /** Bytes of the body that were sent before the answer came. */
  sent: number;
}

/**
 * Sends a request head and pieces of a body until the server answers.
 * The body ends after `most` bytes, or never.
 */
export async function pourUntilAnswered(
  port: number,
  head: string,
  most = 64 << 20,
): Promise<RawAnswer> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const encoder = new TextEncoder();
  await connection.write(encoder.encode(`${head.replaceAll("\n", "\r\n")}\r\n\r\n`));
  let answered = false;
  const reading = readAll(connection, () => answered = true);
  const piece = encoder.encode(`4000\r\n${"x".repeat(0x4000)}\r\n`);
  let sent = 0;
  try {
    while (!answered && sent < most) {
      const writing = connection.write(piece.subarray(sent % piece.length));
      // A server that has answered reads no more.
      const written = await Promise.race([writing, reading.then(() => 0)]);
      if (written === 0) break;
      sent += written;
      await new Promise((done) => setTimeout(done));
    }
  } catch {
    // The server closed the connection after its answer, as it may.
  }
  const text = await reading;
  const [top = "", body = ""] = text.split("\r\n\r\n", 2);
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(top)?.[1] ?? 0), head: top, body, sent };
}

/** Sends a raw request head, with a body if given. */
export async function askRaw(port: number, head: string, body = ""): Promise<RawAnswer> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const text = `${head.replaceAll("\n", "\r\n")}\r\n\r\n${body}`;
  await connection.write(new TextEncoder().encode(text));
  const answer = await readAll(connection, () => {});
  const [top = "", rest = ""] = answer.split("\r\n\r\n", 2);
  const status = Number(/^HTTP\/1\.[01] (\d+)/.exec(top)?.[1] ?? 0);
  return { status, head: top, body: rest, sent: body.length };
}

function isWhole(text: string): boolean {
  const head = text.indexOf("\r\n\r\n");
  if (head < 0) return false;
  const length = /^content-length: (\d+)/im.exec(text.slice(0, head))?.[1];
  return length === undefined
    ? text.endsWith("\r\n0\r\n\r\n")
    : new TextEncoder().encode(text.slice(head + 4)).length >= Number(length);
}

async function readAll(connection: Deno.Conn, onFirst: () => void): Promise<string> {
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(16_384);
  let text = "";
  try {
    for (;;) {
      const read = await connection.read(buffer);
      if (read === null) break;
      text += decoder.decode(buffer.subarray(0, read), { stream: true });
      onFirst();
      if (isWhole(text)) break;
    }
  } catch {
    // Reset: bytes that were read count.
  }
  try {
    connection.close();
  } catch {
    // It was closed already.
  }
  return text;
}
