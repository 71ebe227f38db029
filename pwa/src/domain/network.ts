/** What the browser says of the way to the network (Network Information API), where it says anything. */

export type Way = 'wifi' | 'mobile' | 'unknown'

/** Read `navigator.connection.type`: Chromium on Android and ChromeOS has it, Safari and Firefox have not. */
export function wayOf(type: string | undefined): Way {
  if (type === 'wifi' || type === 'ethernet') return 'wifi'
  return type === 'cellular' || type === 'wimax' || type === 'bluetooth' ? 'mobile' : 'unknown'
}

/** Whether photos go now; where the browser does not tell the way, the choice cannot be kept and nothing is held back. */
export function photosMayGo(wifiOnly: boolean, way: Way): boolean {
  return !wifiOnly || way !== 'mobile'
}
