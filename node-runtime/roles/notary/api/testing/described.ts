import type { NotaryDialect } from '#dialects/notary/index'
import type { Schema } from '../describe/schemas.ts'
import { asker, type Heard, handlerOf, type Question, requestOf } from './asker.ts'
import type { FakePeer } from './fake-notary.ts'
import { wrongWith } from './shape.ts'

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> }>
  >
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

/** Holds what is answered against the document that is served, and counts what was seen of it. */
export class Described {
  readonly #document: Document
  readonly #seen = new Set<string>()

  constructor(document: unknown) {
    this.#document = document as Document // what does not fit it makes a test red
  }

  /** Asks, and says what about the answer is not as described. */
  async ask(
    peer: FakePeer,
    address: string,
    { dialect = 'B', ...question }: Question & { readonly dialect?: NotaryDialect } = {},
  ): Promise<Heard & { readonly wrong: readonly string[] }> {
    const method = question.method ?? (question.body === undefined ? 'GET' : 'POST')
    const heard = await asker(handlerOf(peer, dialect))(address, question)
    return { ...heard, wrong: this.#judge(heard, { method, path: requestOf(address, { method }).path }) }
  }

  /** What the document promises and nobody has seen. */
  get unseen(): readonly string[] {
    return this.#all().filter((line) => !this.#seen.has(line))
  }

  #judge({ status, headers, json }: Heard, { method, path }: { method: string; path: string }): string[] {
    const template = this.#templateOf(path)
    if (template === undefined) return [`${path} is not described`]
    const type = headers['content-type'] ?? ''
    const content = this.#document.paths[template]?.[method.toLowerCase()]?.responses[status]?.content[type]
    const line = `${method} ${template} ${status} ${type}`
    if (content === undefined) return [`${line} is not described`]
    this.#seen.add(line)
    return content.schema === undefined ? [] : wrongWith(json(), content.schema, this.#document.components.schemas)
  }

  /** Whole paths go before patterns, as where they are served. */
  #templateOf(path: string): string | undefined {
    const templates = Object.keys(this.#document.paths)
    if (templates.includes(path)) return path
    return templates.find((template) =>
      new RegExp(`^${template.replace(/\{tile\}/, '(.+)').replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path),
    )
  }

  #all(): readonly string[] {
    return Object.entries(this.#document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).flatMap(([method, { responses }]) =>
        Object.entries(responses).flatMap(([status, { content }]) =>
          Object.keys(content).map((type) => `${method.toUpperCase()} ${path} ${status} ${type}`),
        ),
      ),
    )
  }
}
