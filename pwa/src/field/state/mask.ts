/** Nothing is readable in the phone's list of open apps, as far as the browser says in time that it goes there. */

export function watchMask(): void {
  const show = () => document.documentElement.toggleAttribute('data-away', document.visibilityState === 'hidden')
  document.addEventListener('visibilitychange', show)
  // Safari freezes the page for its picture before `visibilitychange` in some versions.
  addEventListener('pagehide', () => document.documentElement.toggleAttribute('data-away', true))
  addEventListener('pageshow', show)
}
