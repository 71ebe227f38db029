/** Browsers and what they can: read from the user agent only where nothing else tells them apart. */

/**
 * `chat`: the built-in page view of a chat or pay app, which keeps nothing reliably · `ios-tab`: Safari and its sisters on
 * a phone where the app was not added to the home screen · `arkweb`: HarmonyOS's engine.
 */
export type BrowserKind = 'chat' | 'ios-tab' | 'arkweb' | 'other'

const CHAT = /MicroMessenger|wxwork|DingTalk|Lark\/|Feishu|AlipayClient|QQ\/|Weibo/i
/** An iPad says it is a Mac; no Mac has a touch screen. */
const IOS = /iPhone|iPad|iPod/

export interface Standing {
  userAgent: string
  /** Opened from the home screen. */
  installed: boolean
  /** `navigator.maxTouchPoints`. */
  touchPoints: number
}

/** Which advice a browser needs before anything is kept in it. */
export function browserKind({ userAgent, installed, touchPoints }: Standing): BrowserKind {
  if (CHAT.test(userAgent)) return 'chat'
  if (/ArkWeb/i.test(userAgent)) return 'arkweb'
  return isIos(userAgent, touchPoints) && !installed ? 'ios-tab' : 'other'
}

/** iPhone, iPad (also in its desktop disguise). */
export function isIos(userAgent: string, touchPoints: number): boolean {
  return IOS.test(userAgent) || (/Macintosh/.test(userAgent) && touchPoints > 1)
}

/** What the app cannot do without, and where to look for it. */
export const NEEDED = {
  'secure-context': (page: Page) => page.isSecureContext === true && page.crypto?.subtle !== undefined,
  database: (page: Page) => page.indexedDB !== undefined,
  locks: (page: Page) => page.navigator?.locks !== undefined,
  workers: (page: Page) => page.Worker !== undefined && page.OffscreenCanvas !== undefined,
  channel: (page: Page) => page.BroadcastChannel !== undefined,
} as const
export type Need = keyof typeof NEEDED

/** The part of `window` that is looked at. */
export interface Page {
  isSecureContext?: boolean
  crypto?: { subtle?: unknown }
  indexedDB?: unknown
  navigator?: { locks?: unknown }
  Worker?: unknown
  OffscreenCanvas?: unknown
  BroadcastChannel?: unknown
}

/** What this browser lacks; empty where the app can work. Background sync is not asked for: it would need the keys while locked. */
export function lacking(page: Page): Need[] {
  return (Object.keys(NEEDED) as Need[]).filter((need) => !NEEDED[need](page))
}

/** Whether version `one` (`1.2.3`) is before `other`; what is no version is before nothing. */
export function isOlder(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => (/^\d+\.\d+\.\d+$/.test(text) ? text.split('.').map(Number) : null))
  if (!a || !b) return false
  const at = a.findIndex((part, place) => part !== b[place])
  return at !== -1 && a[at]! < b[at]!
}
