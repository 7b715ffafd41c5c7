import { readFile } from 'node:fs/promises'
import { type Protocol, protocol } from 'electron'
import { ownOrigins } from '#contract/window/channels'
import { findPageFile } from '#host/page-files'
import { fileHeaders, pageToServe } from '#host/page-policy'
import { appScheme, isAtOrigin } from './origin.ts'

/** Has to happen before the program is ready. */
export function registerAppScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true }
  protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges }])
}

/** Serves the built window, and nothing else of the disk. */
export function serveApp(on: Protocol, root: string): void {
  on.handle(appScheme, (request) => answerRequest(root, { method: request.method, url: request.url }))
}

export async function answerRequest(
  root: string,
  { method, url }: { readonly method: string; readonly url: string },
): Promise<Response> {
  if (method !== 'GET') return refused(405)
  if (!Object.values(ownOrigins).some((origin) => isAtOrigin(url, origin))) return refused(404)
  const file = findPageFile(root, new URL(url).pathname)
  if (file === null) return refused(404)
  try {
    if (file.page !== null) {
      const { html, headers } = pageToServe({
        page: file.page,
        html: await readFile(file.path, 'utf8'),
        at: ownOrigins,
      })
      return new Response(html, { headers })
    }
    const bytes = await readFile(file.path)
    return new Response(bytes, { headers: { ...fileHeaders, 'content-type': file.mimeType } })
  } catch {
    // Not there, or not readable: for the page both are a missing file.
    return refused(404)
  }
}

function refused(status: number): Response {
  return new Response(null, { status, headers: fileHeaders })
}
