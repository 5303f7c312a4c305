/** A TCP relay between browser and server that can be cut. */
export interface Cutter extends AsyncDisposable {
  /** The server's address through the relay. */
  url: string;
  /** Cuts all connections mid-transfer; new ones are accepted. */
  cut(): void;
  /** Cuts, and refuses connections until `mend`. */
  sever(): void;
  mend(): void;
  /** Number of connections cut so far. */
  readonly cuts: number;
}

/** Opens a relay to a local port. */
export function openCutter(port: number): Cutter {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.TcpConn>();
  let severed = false;
  let cuts = 0;

  async function carry(from: Deno.TcpConn): Promise<void> {
    if (severed) return from.close();
    open.add(from);
    try {
      const to = await Deno.connect({ hostname: "127.0.0.1", port });
      open.add(to);
      await Promise.allSettled([
        from.readable.pipeTo(to.writable),
        to.readable.pipeTo(from.writable),
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
