/** What a browser calls itself, in two words: enough to know one's own sessions apart. */

const BROWSERS: readonly [RegExp, string][] = [
  [/\bEdg\//, 'Edge'], [/\bFirefox\//, 'Firefox'], [/MicroMessenger\//, '微信'], [/\b(?:HeadlessChrome|Chrome)\//, 'Chrome'], [/\bSafari\//, 'Safari'],
]
const SYSTEMS: readonly [RegExp, string][] = [
  [/OpenHarmony|HarmonyOS/, 'HarmonyOS'], [/Android/, 'Android'], [/iPhone|iPad/, 'iOS'], [/Windows/, 'Windows'], [/Mac OS X/, 'macOS'], [/Linux/, 'Linux'],
]

/** `Chrome · Windows`; what is not known is left out, and the whole text is shown where nothing is. */
export function agentName(agent: string): string {
  const found = [BROWSERS, SYSTEMS].map((list) => list.find(([pattern]) => pattern.test(agent))?.[1]).filter((one) => one !== undefined)
  return found.length > 0 ? found.join(' · ') : agent || '—'
}
