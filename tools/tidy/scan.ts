import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import ts from 'typescript'

export interface SourceFile {
  /** From the root of the house, with forward slashes. */
  readonly path: string
  readonly text: string
}

export function readSources(root: string, folders: readonly string[]): SourceFile[] {
  // git keeps no empty folder, so one of them may not be there yet.
  const present = folders.filter((folder) => existsSync(join(root, folder)))
  return present.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs|cjs)$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => ({ path: relative(root, path).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }))
      .sort((one, other) => (one.path < other.path ? -1 : 1)),
  )
}

export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || path.includes('/testing/') || path.startsWith('e2e/')
}

export function lineCount(text: string): number {
  return text.replace(/\n$/, '').split('\n').length
}

export interface LongFunction {
  readonly name: string
  readonly line: number
  readonly lines: number
}

export function longFunctions(file: SourceFile, linesMax: number): LongFunction[] {
  const source = parse(file)
  const found: LongFunction[] = []
  visit(source, (node) => {
    if (!ts.isFunctionLike(node)) return
    const first = source.getLineAndCharacterOfPosition(node.getStart(source)).line
    const lines = source.getLineAndCharacterOfPosition(node.end).line - first + 1
    if (lines > linesMax) found.push({ name: nameOf(node), line: first + 1, lines })
  })
  return found
}

export interface BannedUse {
  readonly name: string
  readonly line: number
}

/** Looks at identifiers of the parsed code, so that comments, texts and types of imports named alike do no harm. */
export function bannedUses(file: SourceFile, banned: readonly string[]): BannedUse[] {
  const source = parse(file)
  const names = new Set(banned)
  const found: BannedUse[] = []
  const note = (node: ts.Node, name: string) =>
    found.push({ name, line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1 })
  visit(source, (node) => {
    if (node.kind === ts.SyntaxKind.AsyncKeyword && names.has('async')) note(node, 'async')
    if (ts.isAwaitExpression(node) && names.has('await')) note(node, 'await')
    if (ts.isPropertyAccessExpression(node)) {
      const name = `${node.expression.getText(source)}.${node.name.text}`
      if (names.has(name)) note(node, name)
    }
    if (ts.isIdentifier(node) && names.has(node.text) && !isOnlyAName(node)) note(node, node.text)
  })
  return found
}

/** A field or member that happens to be called like a banned global is not a use of the global. */
function isOnlyAName(node: ts.Identifier): boolean {
  const parent = node.parent
  const isDistrusted = ['localeCompare', 'innerHTML', 'dangerouslySetInnerHTML'].includes(node.text)
  if (isDistrusted) return false
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node
  if (ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isPropertyDeclaration(parent))
    return parent.name === node
  return ts.isMethodDeclaration(parent) || ts.isMethodSignature(parent) || ts.isImportSpecifier(parent)
}

function parse(file: SourceFile): ts.SourceFile {
  return ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true)
}

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node)
  for (const child of node.getChildren()) visit(child, see)
}

function nameOf(node: ts.SignatureDeclaration): string {
  if (node.name && ts.isIdentifier(node.name)) return node.name.text
  const parent = node.parent
  return ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? parent.name.text : 'a function'
}
