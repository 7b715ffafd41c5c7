import { textJson } from './json.ts'

export interface DialectAnswer {
  readonly status: number
  readonly contentType: typeof jsonType | typeof htmlType
  readonly body: string
}

export const jsonType = 'application/json'
export const htmlType = 'text/html; charset=utf-8'

/** `more`: members beside the sentence, as JSON, in the order of their names. */
export function refusal(status: number, sentence: string, more: Readonly<Record<string, string>> = {}): DialectAnswer {
  return json(status, objectJson({ ...more, error: textJson(sentence), success: 'false' }))
}

/** `data` and `more` are JSON already. */
export function success(
  data: string | null,
  { status = 200, message = null, more = {} }: SuccessFacts = {},
): DialectAnswer {
  return json(
    status,
    objectJson({
      ...(data === null ? {} : { data }),
      ...(message === null ? {} : { message: textJson(message) }),
      ...more,
      success: 'true',
    }),
  )
}

interface SuccessFacts {
  readonly status?: number
  readonly message?: string | null
  readonly more?: Readonly<Record<string, string>>
}

/** A list with its length, as the original frames each of them. */
export function listed(items: readonly string[]): DialectAnswer {
  return json(200, `{"data":[${items.join(',')}],"success":true,"total":${items.length}}`)
}

const missing =
  'The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.'

/** The original's framework says that of a row, in English. */
export const notFound = refusal(404, `404 Not Found: ${missing}`)
export const notJson = refusal(
  400,
  '400 Bad Request: The browser (or proxy) sent a request that this server could not understand.',
)
/** Nobody knows whether it happened. */
export const unknownOutcome = refusal(504, 'Sem resposta a tempo: consulte, ou repita com a mesma Idempotency-Key', {
  codigo: textJson('desconhecido'),
})
export const unavailable = refusal(503, 'Serviço indisponível no momento; tente de novo em instantes', {
  codigo: textJson('indisponivel'),
})
export const tooLong = refusal(413, 'Longo demais', { codigo: textJson('longo_demais') })
export const staffOnly = refusal(401, 'Somente para a equipe da loja: falta a credencial', {
  codigo: textJson('credencial'),
})

const pages = {
  400: ['Bad Request', 'The browser (or proxy) sent a request that this server could not understand.'],
  404: ['Not Found', missing],
  405: ['Method Not Allowed', 'The method is not allowed for the requested URL.'],
} as const

/** What the original's framework answers by itself is a page for people. */
export function page(status: keyof typeof pages): DialectAnswer {
  const [title, sentence] = pages[status]
  const body = `<!doctype html>\n<html lang=en>\n<title>${status} ${title}</title>\n<h1>${title}</h1>\n<p>${sentence}</p>\n`
  return { status, contentType: htmlType, body }
}

/** Values are JSON already. Members stand in the order of their names, as the original sorts them. */
export function objectJson(members: Readonly<Record<string, string>>): string {
  const names = Object.keys(members).sort()
  return `{${names.map((name) => `"${name}":${members[name]}`).join(',')}}`
}

export function json(status: number, body: string): DialectAnswer {
  return { status, contentType: jsonType, body: `${body}\n` }
}
