/** What the server says of a table before it is taken in. */
export interface SheetPlan {
  digest: string
  done: boolean
  faults: { row: number; column: string | null; code: string; text: string }[]
}

/** The multipart body of a table; the generated client knows files only as text. */
export function sheetBody(file: File): { body: { file: string }; bodySerializer: () => FormData } {
  return {
    body: { file: file as unknown as string },
    bodySerializer: (): FormData => {
      const form = new FormData()
      form.append('file', file)
      return form
    },
  }
}
