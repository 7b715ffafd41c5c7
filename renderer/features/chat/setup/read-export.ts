import type { ExportPage } from '#contract/worker/chat'
import type { NodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import type { Actions } from '../../../stores/actions.ts'

export interface ReadFile {
  readonly name: string
  readonly content: Blob
}

export const textType = 'text/plain;charset=utf-8'

/** The files of a node, whole; none where something was refused on the way. Blobs, which need not lie in this page's memory. */
export async function readExport(nodeId: NodeId, call: Actions['call']): Promise<readonly ReadFile[]> {
  const files = new Map<string, Blob[]>()
  for (let after: string | null = null; ; ) {
    const page: Result<ExportPage> = await call('chat.export', { nodeId, after })
    if (!page.ok) return []
    for (const { name, text } of page.value.files) {
      const pieces = files.get(name) ?? []
      pieces.push(new Blob([text]))
      files.set(name, pieces)
    }
    after = page.value.next
    if (after === null)
      return [...files].map(([name, pieces]) => ({ name, content: new Blob(pieces, { type: textType }) }))
  }
}
