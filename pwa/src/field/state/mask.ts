/** Nothing is readable in the phone's list of open apps, as far as the browser says in time that it goes there. */

export function watchMask(): void {
  const root = document.documentElement
  const cover = () => root.toggleAttribute('data-away', true)
  const show = () => root.toggleAttribute('data-away', document.visibilityState === 'hidden')
  document.addEventListener('visibilitychange', show)
  // Safari freezes the page for its picture before `visibilitychange` in some versions.
  addEventListener('pagehide', cover)
  addEventListener('pageshow', show)
  // On a phone the list of apps takes the focus before it takes its picture; a desktop's windows lose it all the time.
  if (!matchMedia('(pointer: coarse)').matches) return
  addEventListener('blur', cover)
  addEventListener('focus', show)
}
