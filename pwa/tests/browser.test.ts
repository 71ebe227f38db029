/** Real user agents, and what each of them needs to be told before anything is kept. */

import { describe, expect, it } from 'vitest'
import { browserKind, isOlder, lacking, type BrowserKind } from '../src/domain/browser'

const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15'
const ANDROID = 'Mozilla/5.0 (Linux; Android 14; 23127PN0CC Build/UKQ1.230804.001; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0'

const AGENTS: [string, string, BrowserKind][] = [
  ['WeChat on Android', `${ANDROID} Chrome/116.0.0.0 Mobile Safari/537.36 XWEB/1160065 MMWEBSDK/20231202 MicroMessenger/8.0.47.2560(0x28002F51) WeChat/arm64 Weixin NetType/WIFI Language/zh_CN ABI/arm64`, 'chat'],
  ['WeChat on iPhone', `${IPHONE} Mobile/15E148 MicroMessenger/8.0.49(0x18003130) NetType/4G Language/zh_CN`, 'chat'],
  ['WeChat on HarmonyOS', 'Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile MicroMessenger/8.0.10(0xf380)', 'chat'],
  ['WeCom', `${IPHONE} Mobile/15E148 wxwork/4.1.22 MicroMessenger/7.0.1 Language/zh`, 'chat'],
  ['DingTalk on Android', `${ANDROID} Chrome/69.0.3497.100 Mobile Safari/537.36 AliApp(DingTalk/7.0.30) com.alibaba.android.rimet/30321234 Channel/227200`, 'chat'],
  ['DingTalk on iPhone', `${IPHONE} Mobile/15E148 AliApp(DingTalk/7.5.10) com.laiwang.DingTalk/36789010 Channel/201200`, 'chat'],
  ['Feishu', `${ANDROID} Chrome/110.0.5481.154 Mobile Safari/537.36 Lark/7.11.5 LarkLocale/zh_CN ChannelName/Feishu`, 'chat'],
  ['Alipay', `${ANDROID} UWS/3.22.2 UCBS/3.22.2 Mobile Safari/537.36 AlipayClient/10.5.80 Language/zh-Hans`, 'chat'],
  ['QQ', `${IPHONE} Mobile/15E148 QQ/9.0.25.622 V1_IPH_SQ_9.0.25_1_APP_A`, 'chat'],
  ['QQ Browser, a browser of its own', 'Mozilla/5.0 (Linux; U; Android 13; zh-cn; V2166A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/109.0.5414.86 MQQBrowser/14.5 Mobile Safari/537.36', 'other'],
  ['Safari on iPhone', `${IPHONE} Version/17.5 Mobile/15E148 Safari/604.1`, 'ios-tab'],
  ['Chrome on iPhone', `${IPHONE} CriOS/126.0.6478.54 Mobile/15E148 Safari/604.1`, 'ios-tab'],
  ['Safari on a Mac', MAC, 'other'],
  ['HarmonyOS browser', 'Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile HuaweiBrowser/5.0.4.300', 'arkweb'],
  ['Huawei Browser on EMUI', 'Mozilla/5.0 (Linux; Android 12; HarmonyOS; NOH-AN00; HMSCore 6.13.0.322) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.5735.196 HuaweiBrowser/15.0.4.312 Mobile Safari/537.36', 'other'],
  ['Chrome on Android', 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36', 'other'],
  ['Firefox on Android', 'Mozilla/5.0 (Android 14; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0', 'other'],
  ['MIUI browser', 'Mozilla/5.0 (Linux; U; Android 14; zh-cn; 23127PN0CC) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/112.0.5615.136 Mobile Safari/537.36 XiaoMi/MiuiBrowser/18.6.50', 'other'],
]

describe('advice by user agent', () => {
  it.each(AGENTS)('%s', (_, userAgent, kind) => {
    expect(browserKind({ userAgent, installed: false, touchPoints: 0 })).toBe(kind)
  })
  it('on the home screen of an iPhone there is nothing to advise', () => {
    const userAgent = `${IPHONE} Mobile/15E148`
    expect(browserKind({ userAgent, installed: true, touchPoints: 5 })).toBe('other')
  })
  it('sees through an iPad that says it is a Mac', () => {
    expect(browserKind({ userAgent: MAC, installed: false, touchPoints: 5 })).toBe('ios-tab')
  })
})

/** What the engines offer to a page, as far as the app asks. */
const WHOLE = {
  isSecureContext: true, crypto: { subtle: {} }, indexedDB: {}, navigator: { locks: {} },
  Worker: class {}, OffscreenCanvas: class {}, BroadcastChannel: class {},
}

describe('what a browser lacks', () => {
  it('is nothing in Chromium, Firefox and WebKit: no Background Sync, no Network Information, no Wake Lock is asked for', () => {
    expect(lacking(WHOLE)).toEqual([])
  })
  it.each([
    ['Safari 16.3: no OffscreenCanvas', { OffscreenCanvas: undefined }, 'workers'],
    ['Safari 15.3: no Web Locks', { navigator: {} }, 'locks'],
    ['plain http', { isSecureContext: false }, 'secure-context'],
    ['plain http in Firefox: no subtle', { crypto: {} }, 'secure-context'],
    ['storage switched off', { indexedDB: undefined }, 'database'],
    ['Safari 15.3: no BroadcastChannel', { BroadcastChannel: undefined }, 'channel'],
  ])('%s', (_, change, need) => {
    expect(lacking({ ...WHOLE, ...change })).toEqual([need])
  })
})

describe('versions', () => {
  it('are compared as numbers', () => {
    expect(isOlder('1.9.9', '1.10.0')).toBe(true)
    expect(isOlder('1.10.0', '1.9.9')).toBe(false)
    expect(isOlder('1.2.3', '1.2.3')).toBe(false)
  })
  it('that are none shut nobody out', () => {
    expect(isOlder('1.2.3', '')).toBe(false)
    expect(isOlder('dev', '1.2.3')).toBe(false)
  })
})
