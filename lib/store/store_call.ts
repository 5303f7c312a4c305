import { startTimeLimit } from "../platform/time_limit.ts";
import { errorMessage } from "./faults.ts";

/** Time limit of one call to the store, in ms; a dead remote store never answers. */
const LIMIT_MS = 4_000;
const TRIES = 40;

/** The store gave no answer within its time limit. */
export class NoAnswerError extends Error {
  override name = "NoAnswerError";
}

/** Runs a call to the store; repeats it, within the limit, while `again` says so of its error. */
export function callStore<T>(
  call: () => Promise<T>,
  again: (message: string) => boolean,
  limitMs = LIMIT_MS,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let over = false;
    const cancel = startTimeLimit(limitMs, () => {
      over = true;
      reject(new NoAnswerError("The store did not answer in time"));
    });
    const tries = async () => {
      for (let attempt = 1;; attempt++) {
        try {
          return await call();
        } catch (error) {
          if (attempt === TRIES || !again(errorMessage(error))) throw error;
          await new Promise((done) => setTimeout(done, Math.random() * Math.min(100, 2 * attempt)));
          if (over) throw error;
        }
      }
    };
    tries().then(resolve, reject).finally(cancel);
  });
}
