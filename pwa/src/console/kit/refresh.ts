/** Reads again what others change: every so often while the page is looked at, and when its tab comes back to the front. */
import { onActivated, onBeforeUnmount, onDeactivated, onMounted } from 'vue'

/**
 * @param read reads the page's content again; what it throws is its own to show.
 * @param everyMs milliseconds between two readings.
 * @param wanted says whether a reading makes sense now, e.g. while something is still being built.
 */
export function useRefresh(read: () => unknown, everyMs: number, wanted: () => boolean): void {
  let timer: ReturnType<typeof setInterval> | undefined
  const again = (): void => { if (!document.hidden && wanted()) void read() }

  function start(): void {
    stop()
    timer = setInterval(again, everyMs)
    document.addEventListener('visibilitychange', again)
  }

  function stop(): void {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', again)
  }

  onMounted(start)
  onActivated(start)
  onDeactivated(stop)
  onBeforeUnmount(stop)
}
