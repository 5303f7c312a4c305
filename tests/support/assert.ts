import assert from "node:assert/strict";

/** Deep and strict equality. */
export function assertEquals<T>(actual: T, expected: T, message?: string): void {
  assert.deepStrictEqual(actual, expected, message);
}

/** Asserts a rejection with a message that contains `part`; returns the error. */
export async function assertRejects(
  run: () => Promise<unknown>,
  part = "",
): Promise<Error> {
  try {
    await run();
  } catch (error) {
    assert.ok(error instanceof Error, `Not an Error: ${error}`);
    assert.ok(error.message.includes(part), `"${error.message}" does not hold "${part}"`);
    return error;
  }
  assert.fail("It did not reject");
}

export { assert };
