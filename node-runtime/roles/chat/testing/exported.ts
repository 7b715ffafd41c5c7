import type { ExportedFile, ExportPage } from '#contract/worker/chat'
import type { NodeRequest } from '#contract/worker/protocol'
import type { Result } from '#kit/result'

type Ask = (request: Extract<NodeRequest, { readonly kind: 'export' }>) => Result<unknown> | null

/** All files of a node whose answers come at once. */
export function exportedBy(ask: Ask): readonly ExportedFile[] {
  const texts = new Map<string, string>()
  for (let after: string | null = null; ; ) {
    const result = ask({ kind: 'export', after })
    if (result?.ok !== true) throw new Error(`nothing is exported: ${result?.failure.code}`)
    const { files, next } = result.value as ExportPage // its request has this answer
    after = next
    for (const { name, text } of files) texts.set(name, (texts.get(name) ?? '') + text)
    if (after === null) return [...texts].map(([name, text]) => ({ name, text }))
  }
}
