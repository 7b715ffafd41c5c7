import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import type { NotaryDialect } from '#dialects/notary/index'

/**
 * What the original was heard to answer, asked of us in the same order. Compared to the letter, but for what has to
 * differ: the time of the one registration, its hash, and what stands in `differences`.
 */
const recording = readFileSync(
  new URL('../../../../dialects/notary/testing/notary-http.txt', import.meta.url),
  'utf8',
).split('######## dialect ')

interface Exchange {
  readonly command: string
  readonly body: string
  readonly status: number
}

interface Difference {
  readonly command: string
  readonly why: string
  readonly status: number
  readonly body: string
}

const broken = '-XPOST :5002/sync {"block":{"index":9}}'
const foreign =
  '-XPOST :5002/sync {"block":{"index":9,"timestamp":"2025-01-01T00:00:00","data":"x","previous_hash":"0","hash":"00"}}'
export const genesis = '2fe67b34b3f7407b189af5ae8715eb3d5f76deec57c08b4079cf8f329926076e'
const chainInA = `[{"data":"Genesis Block","hash":"${genesis}","index":0,"timestamp":TIME},{"data":"Contrato n\\u00ba 1","hash":HASH,"index":1,"timestamp":TIME}]\n`

const differences: Readonly<Record<NotaryDialect, readonly Difference[]>> = {
  B: [
    {
      command: broken,
      why: 'no 500 for what somebody sends',
      status: 400,
      body: '{"error":"Dados do bloco n\\u00e3o fornecidos"}\n',
    },
    { command: ':5002/health', why: 'served always', status: 200, body: '{"status":"healthy"}\n' },
  ],
  A: [
    {
      command: broken,
      why: 'no 500 for what somebody sends',
      status: 400,
      body: '{"error":"Dados do bloco n\\u00e3o fornecidos"}\n',
    },
    {
      command: foreign,
      why: 'no 500 for what somebody sends',
      status: 409,
      body: '{"error":"Bloco inv\\u00e1lido ou fora de ordem"}\n',
    },
    ...[1, 2, 3].map((number) => ({
      command: `:500${number}/blockchain`,
      why: 'one chain with the hashes of B on all peers, where each of the original had its own',
      status: 200,
      body: chainInA,
    })),
  ],
}

export interface HeardAgain {
  readonly status: number
  readonly contentType: string | undefined
  readonly body: string
}

/** `number`: that of the peer. What has no headers has no body either. */
export interface AskedAgain {
  readonly number: number
  readonly path: string
  readonly method: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Every answer that the original was heard to give is expected, in the same order. */
export async function expectAsRecorded(
  dialect: NotaryDialect,
  ask: (asked: AskedAgain) => Promise<HeardAgain>,
): Promise<void> {
  const text = recording.find((part) => part.startsWith(`${dialect}\n`)) ?? ''
  const excused = new Set<Difference>()
  const exchanges = exchangesIn(text)
  expect(exchanges.length).toBeGreaterThan(15)
  for (const { command, status, body } of exchanges) {
    const heard = await ask(askedIn(command))
    const difference = differences[dialect].find((other) => other.command === command)
    if (difference !== undefined) excused.add(difference)
    const { status: wantedStatus, body: wantedBody } = difference ?? { status, body }
    expect(`${command} ${heard.status}`).toBe(`${command} ${wantedStatus}`)
    expect(normalised(heard.body)).toBe(normalised(wantedBody))
    const isPage = wantedBody.startsWith('<!doctype html>')
    expect(heard.contentType).toBe(isPage ? 'text/html; charset=utf-8' : 'application/json')
  }
  expect(differences[dialect].filter((difference) => !excused.has(difference))).toEqual([])
}

/** `-XPOST :5001/register {…}`, with the content type that the recording gave, if it gave one. */
function exchangesIn(text: string): readonly Exchange[] {
  const parts = text.split('>> curl ').slice(1)
  return parts.map((part) => {
    const [, command = '', body = '', status = ''] = /^(.*?)\n([\s\S]*?) \[HTTP (\d+)\]/.exec(part) ?? []
    return {
      command: command.replace('localhost', '').replace('-H Content-Type: application/json -d ', ''),
      body,
      status: Number(status),
    }
  })
}

function askedIn(command: string): AskedAgain {
  const [, method = 'GET', number = '', path = '', data = ''] = /^(?:-X(\w+) )?:500(\d)(\S+) ?(.*)$/.exec(command) ?? []
  const isForm = data.startsWith('-d ')
  const contentType = isForm ? 'application/x-www-form-urlencoded' : 'application/json'
  const asked = { number: Number(number), path, method }
  return data === '' ? asked : { ...asked, body: data.replace(/^-d /, ''), headers: { 'content-type': contentType } }
}

/** Times and hashes of what was registered just now, and of a page only its title. */
function normalised(body: string): string {
  if (body.startsWith('<!doctype html>')) return /<title>.*<\/title>/.exec(body)?.[0] ?? ''
  return body
    .replaceAll(/"timestamp":(?:"2026[^"]*"|[\d.]+|TIME)/g, '"timestamp":TIME')
    .replaceAll(/"hash":(?:"([0-9a-f]{64})"|HASH)/g, (whole, hash) => (hash === genesis ? whole : '"hash":HASH'))
}
