/**
 * Whether two texts are equal, in a time that depends on the second's length
 * alone: how long a refusal took says nothing of how much of a guess was right.
 */
export function constantTimeEqual(guess: string, right: string): boolean {
  let difference = guess.length ^ right.length;
  for (let i = 0; i < right.length; i++) {
    // Beyond the guess's end there is no number; the lengths differ then anyway.
    difference |= right.charCodeAt(i) ^ (i < guess.length ? guess.charCodeAt(i) : 0);
  }
  return difference === 0;
}
