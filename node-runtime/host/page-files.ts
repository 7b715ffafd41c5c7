import { readFile } from 'node:fs/promises'
import { extname, resolve, sep } from 'node:path'
import { fileHeaders, type PageName, type PageSource, pageToServe } from './page-policy.ts'

const mimeTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
}

const pages: Readonly<Record<string, PageName>> = { 'index.html': 'window', 'door.html': 'door' }

export interface PageFile {
  readonly path: string
  readonly mimeType: string
  /** null: a file that a page asks for. */
  readonly page: PageName | null
}

/**
 * The file of the built window that a URL's path names, or null. Only inside the folder, only of kinds that the window
 * has, and only by the plain way: whoever writes `..`, a backslash or an encoded slash wants something else.
 */
export function findPageFile(root: string, pathname: string): PageFile | null {
  const name = decoded(pathname)
  if (name === null || !/^\/(?:[\w@-][\w.@-]*\/)*(?:[\w@-][\w.@-]*)?$/.test(name)) return null
  const relative = name === '/' ? 'index.html' : name.slice(1)
  const path = resolve(root, relative)
  const mimeType = mimeTypes[extname(path).toLowerCase()]
  if (mimeType === undefined || !path.startsWith(resolve(root) + sep)) return null
  return { path, mimeType, page: pages[relative] ?? null }
}

export interface ServedFile {
  readonly body: string | Buffer<ArrayBuffer>
  readonly headers: Readonly<Record<string, string>>
}

/** What every shell answers for a path. null: there is none, or it may not be read; for the page both are a missing file. */
export async function fileToServe(
  root: string,
  { pathname, at }: Pick<PageSource, 'at'> & { readonly pathname: string },
): Promise<ServedFile | null> {
  const file = findPageFile(root, pathname)
  if (file === null) return null
  const { page, path, mimeType } = file
  try {
    if (page === null) return { body: await readFile(path), headers: { ...fileHeaders, 'content-type': mimeType } }
    const { html, headers } = pageToServe({ page, html: await readFile(path, 'utf8'), at })
    return { body: html, headers }
  } catch {
    return null
  }
}

function decoded(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname)
  } catch {
    // A broken percent code names no file.
    return null
  }
}
