/** What is not needed to draw a screen waits until it is drawn. */

export function drawn(): Promise<void> {
  return new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve)) })
}
