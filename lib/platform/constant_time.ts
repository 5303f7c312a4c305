/**
 * Compares two strings in a time that depends on the second's length alone, so that the duration of
 * a refusal does not tell how much of a guess was right.
 */
export function constantTimeEqual(guess: string, right: string): boolean {
  let difference = guess.length ^ right.length;
  for (let i = 0; i < right.length; i++) {
    // Beyond the guess's end the code is NaN; the lengths differ then anyway.
    difference |= right.charCodeAt(i) ^ (i < guess.length ? guess.charCodeAt(i) : 0);
  }
  return difference === 0;
}
