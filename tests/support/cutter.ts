/** A TCP relay to a server that can be cut, hang or be slow. */
export interface Cutter extends AsyncDisposable {
  /** The server's address through the relay. */
  url: string;
  /** Cuts all connections mid-transfer; new ones are accepted. */
  cut(): void;
  /** Cuts, and refuses connections until `mend`. */
  sever(): void;
  mend(): void;
  /** Passes nothing on until `flow`, and leaves all connections open. */
  hang(): void;
  flow(): void;
  /** Passes each piece on this many milliseconds later. */
  slowBy(ms: number): void;
  /** Number of connections cut so far. */
  readonly cuts: number;
}

/** Opens a relay to a local port. */
export function openCutter(port: number): Cutter {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.TcpConn>();
  let severed = false;
  let cuts = 0;
  let gate: PromiseWithResolvers<void> | null = null;
  let slowMs = 0;

  const late = () =>
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform: async (piece, onward) => {
        if (slowMs > 0) await new Promise((done) => setTimeout(done, slowMs));
        await gate?.promise;
        onward.enqueue(piece);
      },
    });

  async function carry(from: Deno.TcpConn): Promise<void> {
    if (severed) return from.close();
    open.add(from);
    try {
      const to = await Deno.connect({ hostname: "127.0.0.1", port });
      open.add(to);
      await Promise.allSettled([
        from.readable.pipeThrough(late()).pipeTo(to.writable),
        to.readable.pipeThrough(late()).pipeTo(from.writable),
      ]);
      open.delete(to);
    } catch {
      close(from);
    }
    open.delete(from);
  }

  function cut(): void {
    cuts += open.size;
    for (const connection of open) close(connection);
    open.clear();
  }

  const accepting = (async () => {
    for await (const connection of listener) void carry(connection);
  })();
  return {
    url: `http://127.0.0.1:${listener.addr.port}`,
    cut,
    sever: () => {
      severed = true;
      cut();
    },
    mend: () => void (severed = false),
    hang: () => void (gate ??= Promise.withResolvers()),
    flow: () => {
      gate?.resolve();
      gate = null;
    },
    slowBy: (ms) => void (slowMs = ms),
    get cuts() {
      return cuts;
    },
    [Symbol.asyncDispose]: async () => {
      listener.close();
      cut();
      await accepting;
    },
  };
}

function close(connection: Deno.TcpConn): void {
  try {
    connection.close();
  } catch {
    // It was closed already.
  }
}
