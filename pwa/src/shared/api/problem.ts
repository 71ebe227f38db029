/**
 * Refusals of the server (RFC 9457) as one error class. The title is already in the reader's
 * language; pointers name the members that are wrong, with the text to show at each field.
 */

/** What the client adds for itself, without a server to ask: its text comes from the console's catalogue. */
export const UNREACHABLE = 'unreachable'
export const UNREADABLE = 'unreadable-answer'

export class ProblemError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    title: string,
    readonly pointers: Readonly<Record<string, string>> = {},
  ) {
    super(title)
    this.name = 'ProblemError'
  }

  /** Somebody else changed the object since it was read. */
  get stale(): boolean {
    return this.status === 412 || this.status === 428
  }
}

interface ProblemBody {
  code?: unknown
  title?: unknown
  errors?: unknown
}

/** Read an answer that is a refusal; an answer of something else on the way (a proxy) has no code of ours. */
export function problemOf(status: number, body: unknown): ProblemError {
  if (!isRecord(body) || typeof (body as ProblemBody).code !== 'string') {
    return new ProblemError(status, UNREADABLE, `HTTP ${status}`)
  }
  const { code, title, errors } = body as ProblemBody
  return new ProblemError(status, String(code), typeof title === 'string' ? title : String(code), pointersOf(errors))
}

/**
 * Field path of a pointer: `/json/items/0/text` and `/items/0/text` → `items/0/text`. The server names the part of
 * the request first where a schema refused, and the body's member alone where a rule did.
 */
export function fieldOf(pointer: string): string {
  const parts = pointer.split('/').filter((part) => part !== '')
  return (['json', 'query', 'files', 'form', 'headers'].includes(parts[0] ?? '') && parts.length > 1 ? parts.slice(1) : parts).join('/')
}

function pointersOf(errors: unknown): Record<string, string> {
  const found: Record<string, string> = {}
  if (!Array.isArray(errors)) return found
  for (const error of errors) {
    if (isRecord(error) && typeof error.pointer === 'string') found[fieldOf(error.pointer)] = String(error.detail ?? '')
  }
  return found
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
