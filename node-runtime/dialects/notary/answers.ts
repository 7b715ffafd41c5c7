import { asciiJson } from '#kit/ascii-json'
import { blockJson, type DialectBlock, type NotaryDialect, shortBlockJson } from './blocks.ts'

export interface DialectAnswer {
  readonly status: number
  readonly contentType: typeof jsonType | typeof htmlType
  readonly body: string
}

export const jsonType = 'application/json'
export const htmlType = 'text/html; charset=utf-8'

export const documentMissing = refusal(400, 'Documento não fornecido')
export const blockMissing = refusal(400, 'Dados do bloco não fornecidos')
export const blockRefused = refusal(409, 'Bloco inválido ou fora de ordem')
export const blockKnown = json(200, `{"message":${asciiJson('Bloco sincronizado com sucesso.')}}`)
export const healthy = json(200, '{"status":"healthy"}')

const replicated = asciiJson('Documento registado e replicação iniciada.')

export function registered(dialect: NotaryDialect, block: DialectBlock): DialectAnswer {
  return json(
    201,
    dialect === 'B'
      ? `{"block":${blockJson('B', block)},"message":${replicated}}`
      : `{"block":${shortBlockJson(block)},"status":"success"}`,
  )
}

/** `leader`: where strangers reach it, as far as is known. */
export function notLeader(dialect: NotaryDialect, leader: string | null): DialectAnswer {
  if (dialect === 'A') return refusal(403, 'Apenas o líder pode registrar documentos')
  const error = asciiJson('Apenas o líder pode registar documentos.')
  return json(403, `{"error":${error},"leader_hint":${asciiJson(leader ?? 'Nenhum')}}`)
}

export interface DialectStatus {
  readonly chainLength: number
  readonly isLeader: boolean
  readonly hearsMajority: boolean
  readonly nodeId: string
  readonly address: string
}

export function status(dialect: NotaryDialect, { chainLength, isLeader, ...node }: DialectStatus): DialectAnswer {
  const who =
    dialect === 'B'
      ? `"node_address":${asciiJson(node.address)}`
      : `"node_id":${asciiJson(/\d+$/.exec(node.nodeId)?.[0] ?? node.nodeId)}`
  return json(
    200,
    `{"chain_length":${chainLength},"is_leader":${isLeader},${who},"zookeeper_connected":${node.hearsMajority}}`,
  )
}

const pages = {
  400: ['Bad Request', 'The request has no body of JSON, or one that cannot be read.'],
  404: ['Not Found', 'Nothing is served under this address.'],
  405: ['Method Not Allowed', 'This address is served, but not for this method.'],
} as const

/** What the original's library answers by itself is a page for people. */
export function page(status: keyof typeof pages): DialectAnswer {
  const [title, sentence] = pages[status]
  const body = `<!doctype html>\n<html lang=en>\n<title>${status} ${title}</title>\n<h1>${title}</h1>\n<p>${sentence}</p>\n`
  return { status, contentType: htmlType, body }
}

function refusal(status: number, sentence: string): DialectAnswer {
  return json(status, `{"error":${asciiJson(sentence)}}`)
}

function json(status: number, body: string): DialectAnswer {
  return { status, contentType: jsonType, body: `${body}\n` }
}
