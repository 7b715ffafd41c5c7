import { mkdir } from 'node:fs/promises'
import type { ExportPage } from '#contract/worker/chat'
import { idPattern, nodeId } from '#kit/ids'
import { ok, type Result } from '#kit/result'
import type { Surroundings, Words } from '../../command.ts'
import { onLine } from '../../on-line.ts'
import { NewFiles } from '../../save-file.ts'
import { type ExitCode, exitCodes } from '../../terminal.ts'

/** What one server or the reference keeps, in the files of the course, each a new one in a folder. */
export function exportFiles(node: string, { out }: Words['named'], around: Surroundings): Promise<ExitCode> {
  const { terminal } = around
  const folder = typeof out === 'string' ? out : node
  return onLine(around, async (line) => {
    if (!idPattern.test(node)) return terminal.misunderstand(`chat export ${node}?`)
    const first = await line.call('chat.export', { nodeId: nodeId(node), after: null })
    if (!first.ok) return terminal.refuse(first.failure)
    await mkdir(folder, { recursive: true })
    const files = new NewFiles(folder)
    const saved = await saveAll(files, first.value, (after) =>
      line.call('chat.export', { nodeId: nodeId(node), after }),
    )
    if (!saved.ok) {
      await files.forget()
      return terminal.refuse(saved.failure)
    }
    const paths = await files.keep()
    terminal.give({ files: paths }, () => paths.join('\n'))
    return exitCodes.done
  })
}

async function saveAll(
  files: NewFiles,
  first: ExportPage,
  more: (after: string) => Promise<Result<ExportPage>>,
): Promise<Result<null>> {
  for (let page = first; ; ) {
    for (const { name, text } of page.files) {
      const added = await files.add(name, text)
      if (!added.ok) return added
    }
    if (page.next === null) return ok(null)
    const next = await more(page.next)
    if (!next.ok) return next
    page = next.value
  }
}
