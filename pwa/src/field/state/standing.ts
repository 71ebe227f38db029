/** What kind of browser this is, and whether the app stands on the home screen. */

import { browserKind, type BrowserKind } from '../../domain/browser'

export function standing(): BrowserKind {
  const { userAgent, maxTouchPoints, standalone } = navigator as Navigator & { standalone?: boolean }
  // iOS before 17 knows only its own flag.
  const installed = standalone === true || matchMedia('(display-mode: standalone)').matches
  return browserKind({ userAgent, installed, touchPoints: maxTouchPoints })
}
