import type { Socket } from "node:net";

/** Text of a reply is looked for this often; what came meanwhile is read at once. */
const REST_MS = 40;
/** Sockets whose rest ends within this time are read together; not all at once, that others get a turn. */
const SLOT_MS = 5;

interface Slot {
  sockets: Set<Socket>;
  timer: ReturnType<typeof setTimeout>;
}

const slots = new Map<number, Slot>();
const resting = new Map<Socket, number>();

/**
 * Lets a socket gather what comes for a moment, in the system's own buffer:
 * reading costs by the read, not by the byte, and with hundreds of replies at
 * once it is most of what they cost.
 */
export function rest(socket: Socket): void {
  if (socket.destroyed || resting.has(socket)) return;
  socket.pause();
  const now = performance.now();
  const number = Math.ceil((now + REST_MS) / SLOT_MS);
  let slot = slots.get(number);
  if (!slot) {
    const timer = setTimeout(() => wake(number), number * SLOT_MS - now);
    slots.set(number, slot = { sockets: new Set(), timer });
  }
  slot.sockets.add(socket);
  resting.set(socket, number);
}

/** Lets a socket be read again at once. */
export function wakeUp(socket: Socket): void {
  const number = resting.get(socket);
  const slot = number === undefined ? undefined : slots.get(number);
  if (number === undefined || !slot) return;
  resting.delete(socket);
  slot.sockets.delete(socket);
  socket.resume();
  if (slot.sockets.size > 0) return;
  clearTimeout(slot.timer);
  slots.delete(number);
}

function wake(number: number): void {
  const sockets = slots.get(number)?.sockets ?? [];
  slots.delete(number);
  for (const socket of sockets) {
    resting.delete(socket);
    socket.resume();
  }
}
