import { type Protocol, protocol } from 'electron'
import { ownOrigins } from '#contract/window/channels'
import { fileToServe } from '#host/page-files'
import { fileHeaders } from '#host/page-policy'
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
  const file = await fileToServe(root, { pathname: new URL(url).pathname, at: ownOrigins })
  return file === null ? refused(404) : new Response(file.body, { headers: file.headers })
}

function refused(status: number): Response {
  return new Response(null, { status, headers: fileHeaders })
}
