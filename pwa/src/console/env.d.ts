/// <reference types="element-plus/global" />
import type { focus } from './kit/focus'

declare module 'vue' {
  interface GlobalDirectives {
    vFocus: typeof focus
  }
}
