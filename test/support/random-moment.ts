/** Some time within `withinMs`: what is killed or cancelled in the middle of its work must take it at any point. */
export function randomMoment(withinMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * withinMs));
}
