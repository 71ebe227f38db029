/** Browsers that need a word of advice; read from the user agent, because nothing else tells them apart. */

/** `chat`: the built-in page view of a chat app, which keeps nothing reliably · `arkweb`: HarmonyOS's engine. */
export type BrowserKind = 'chat' | 'arkweb' | 'other'

export function browserKind(userAgent: string): BrowserKind {
  if (/MicroMessenger|wxwork|DingTalk|Lark\/|Feishu|AlipayClient|QQ\//i.test(userAgent)) return 'chat'
  return /ArkWeb/i.test(userAgent) ? 'arkweb' : 'other'
}
