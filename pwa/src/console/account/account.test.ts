import { describe, expect, it } from 'vitest'
import { agentName } from './agents'
import { pageAt, worksHere } from './passkeys'

describe('agentName', () => {
  it('names browser and system', () => {
    const edge = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0'
    expect(agentName(edge)).toBe('Edge · Windows')
    expect(agentName('Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36')).toBe('Chrome · Android')
  })
  it('shows what it does not know', () => {
    expect(agentName('python-httpx/0.28')).toBe('python-httpx/0.28')
    expect(agentName('')).toBe('—')
  })
})

describe('worksHere', () => {
  it('takes the host and hosts beneath it', () => {
    expect(worksHere('office.example', 'office.example')).toBe(true)
    expect(worksHere('office.example', 'desk.office.example')).toBe(true)
    expect(worksHere('office.example', 'evil-office.example')).toBe(false)
    expect(worksHere('localhost', '127.0.0.1')).toBe(false)
    expect(worksHere(null, 'localhost')).toBe(false)
  })
  it('knows the same page at another name', () => {
    expect(pageAt('localhost', new URL('http://127.0.0.1:8000/console/account') as unknown as Location)).toBe('http://localhost:8000/console/account')
  })
})
