import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { formatPolicy } from '#cores/notary/receipt/policy'
import { openPaper } from '#drivers/paper/index'
import { encodeText } from '#kit/bytes'
import { toHex } from '#kit/hex'
import { nodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import { madeNotary, madeReceipt, madeRecord } from '../../../cores/notary/receipt/testing/made-notary.ts'
import { readWords } from '../../command.ts'
import { makeTerminal } from '../../terminal.ts'
import { verify } from './verify.ts'

const notary = madeNotary(3)
const receipt = madeReceipt(notary)
let folder: string

const at = (name: string) => join(folder, name)
const put = (name: string, content: string | Uint8Array) => writeFileSync(at(name), content)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'verify-'))
  put('file', 'document 3')
  put('other', 'document 4')
  put('r.tlog-proof', receipt)
  put('policy', formatPolicy(notary.policy))
  put('elsewhere', formatPolicy(madeNotary(3, 'elsewhere.example', 9).policy))
})
afterEach(() => rmSync(folder, { recursive: true }))

const never = new Promise<void>(() => undefined)

/** File names stand for files in the folder of the test. There is no lab: whoever asks for one breaks the test. */
async function verifying(line: string, language: 'en' | 'pt' = 'en', interrupted = never) {
  const said = { out: '', err: '' }
  const streams = {
    out: (text: string) => {
      said.out += text
    },
    err: (text: string) => {
      said.err += text
    },
  }
  const args = line.split(' ').map((word) => (/^[a-z]+[.a-z-]*$/.test(word) ? at(word) : word))
  const words = readWords(args, verify.options)
  if (typeof words === 'string') throw new Error(words)
  const around = {
    terminal: makeTerminal(language, args.includes('--json'), streams),
    lab: 'lab',
    labDir: folder,
    dataDir: folder,
    env: {},
    builtDir: folder,
    connect: () => Promise.reject(new Error('somebody asks the lab')),
    interrupted,
    input: process.stdin,
  }
  return { code: await verify.run(words, around), ...said }
}

const verdictOf = async (words: string) => {
  const said = await verifying(`${words} --json`)
  return { code: said.code, ...JSON.parse(said.out) }
}

describe('RC54 colmeia notary verify, with no lab', () => {
  it('proves, says what, and ends with 0', async () => {
    const said = await verifying('file --receipt r.tlog-proof --policy policy')
    expect([said.code, said.err]).toEqual([0, ''])
    expect(said.out).toContain('Proven')
    expect(said.out).toContain('Contrato nº 3')
    expect(said.out).toContain('± 12 ms between the peers')
    expect(said.out).toContain(notary.log.key.fingerprint)
    expect(said.out).toContain('not independent witnesses')
    expect(said.out.match(/✓/g)).toHaveLength(6)
  })

  it('says it in Portuguese too', async () => {
    const said = await verifying('file --receipt r.tlog-proof --policy policy', 'pt')
    expect(said.out).toContain('Provado')
  })

  it('does not speak of a document that nobody held against it', async () => {
    const said = await verifying('--receipt r.tlog-proof --policy policy')
    expect(said.out).toContain('No document was held against it')
    expect(said.out).toContain('· document')
  })

  it.each([
    ['proven', 0, 'file --receipt r.tlog-proof --policy policy'],
    ['proven', 0, '--receipt r.tlog-proof --policy policy'],
    ['unknown-keys', 1, 'file --receipt r.tlog-proof'],
    ['unknown-keys', 1, 'file --receipt r.tlog-proof --policy elsewhere'],
    ['other-document', 1, 'other --receipt r.tlog-proof --policy policy'],
    ['not-a-receipt', 1, 'file --receipt file --policy policy'],
  ])('%s ends with %d: %s', async (kind, code, words) => {
    expect(await verdictOf(words)).toMatchObject({ code, ok: true, value: { kind } })
  })

  it('reads a policy and a receipt that an editor gave other line ends', async () => {
    put('policy', `\ufeff${formatPolicy(notary.policy).replaceAll('\n', '\r\n')}`)
    put('r.tlog-proof', receipt.replaceAll('\n', '\r\n'))
    expect(await verdictOf('file --receipt r.tlog-proof --policy policy')).toMatchObject({ value: { kind: 'proven' } })
  })

  it('refuses a receipt that was changed, and repeats nothing that it claims', async () => {
    put('changed', receipt.replace('\n7\n', '\n8\n'))
    const said = await verifying('file --receipt changed --policy policy')
    expect(said.code).toBe(1)
    expect(said.out).toContain('Refused')
    expect(said.out).not.toContain('Contrato')
  })

  it('calls claims what is not proven', async () => {
    const said = await verifying('file --receipt r.tlog-proof')
    expect(said.out).toContain('not proven:')
    expect(said.out).toContain('not approved')
  })

  it('calls an approved key approved also where the document is another one', async () => {
    const said = await verifying('other --receipt r.tlog-proof --policy policy')
    expect(said.out).toContain('✓ log')
    expect(said.out).not.toContain('not approved')
  })

  it('finds the receipt inside a certificate', async () => {
    const { log, witnesses } = notary
    const { index, title, registrant, sha256, atMs } = madeRecord(3)
    const signed = {
      origin: notary.origin,
      size: 7,
      logFingerprint: log.key.fingerprint,
      witnesses: witnesses.map(({ key }) => key),
    }
    const record = { index, title, registrant, sha256: toHex(sha256), atMs, errorMs: 12, leader: 'notary-1', term: 3 }
    const order = { facts: { ...record, ...signed }, receipt, language: 'en' } as const
    const printed = await new Promise<Result<Uint8Array>>((done) => openPaper().certificate(order, done))
    if (!printed.ok) throw new Error(printed.failure.message)
    put('certificate.pdf', printed.value)
    expect(await verdictOf('file --receipt certificate.pdf --policy policy')).toMatchObject({
      value: { kind: 'proven' },
    })
    expect(await verdictOf('other --receipt certificate.pdf --policy policy')).toMatchObject({
      code: 1,
      value: { kind: 'other-document' },
    })
  })

  it('says of a certificate that nobody has looked at its pages', async () => {
    put(
      'certificate.pdf',
      Buffer.concat([
        Buffer.from('%PDF-1.7\n1 0 obj\nstream\n'),
        deflateSync(encodeText(receipt)),
        Buffer.from('\nendstream\n'),
      ]),
    )
    for (const [language, words] of [
      ['en', 'What is printed on its pages was not'],
      ['pt', 'impresso nas páginas não foi'],
    ] as const) {
      expect((await verifying('file --receipt certificate.pdf --policy policy', language)).out).toContain(words)
      expect((await verifying('file --receipt r.tlog-proof --policy policy', language)).out).not.toContain(words)
    }
  })

  it('finds the receipt inside a PDF of another program', async () => {
    const streams = ['other things', receipt].map((text) => deflateSync(encodeText(text)))
    const pdf = streams.flatMap((bytes) => [Buffer.from('1 0 obj\nstream\n'), bytes, Buffer.from('\nendstream\n')])
    put('certificate.pdf', Buffer.concat([Buffer.from('%PDF-1.7\n'), ...pdf]))
    expect(await verdictOf('file --receipt certificate.pdf --policy policy')).toMatchObject({
      value: { kind: 'proven' },
    })
    put('empty.pdf', '%PDF-1.7\n')
    expect(await verdictOf('file --receipt empty.pdf --policy policy')).toMatchObject({
      value: { kind: 'not-a-receipt' },
    })
  })

  it.each([
    ['not-found', 'nothing --receipt r.tlog-proof'],
    ['not-found', 'file --receipt nothing'],
    ['not-found', 'file --receipt r.tlog-proof --policy nothing'],
    ['bad-request', 'file --receipt r.tlog-proof --policy file'],
    ['bad-request', 'folder --receipt r.tlog-proof'],
    ['too-large', 'file --receipt large'],
  ])('is refused with %s: %s', async (code, words) => {
    mkdirSync(at('folder'))
    put('large', new Uint8Array(5 * 1024 * 1024))
    expect(await verdictOf(words)).toMatchObject({ code: 1, ok: false, failure: { code } })
  })

  it.each(['file', 'file other --receipt r.tlog-proof'])('is not understood: %s', async (words) => {
    expect((await verifying(words)).code).toBe(2)
  })

  it('stops reading when somebody asks it to', async () => {
    const said = await verifying('file --receipt r.tlog-proof --policy policy', 'en', Promise.resolve())
    expect([said.code, said.out]).toEqual([1, ''])
    expect(said.err).toContain('timed-out')
  })

  it
    .skipIf(process.platform === 'win32')
    .each([
      'file --receipt pipe',
      'file --receipt r.tlog-proof --policy pipe',
      'pipe --receipt r.tlog-proof --policy policy',
    ])('does not wait at a pipe that nobody writes into: %s', async (words) => {
    execFileSync('mkfifo', [at('pipe')])
    expect(await verdictOf(words)).toMatchObject({ code: 1, ok: false, failure: { code: 'bad-request' } })
  })

  it('does not let a title steer the terminal', async () => {
    const evil = madeRecord(3, {
      title: '\u001b[2JProven\u202e\n',
      by: { leader: nodeId('n'), term: 1, errorMs: null },
    })
    put('evil', madeReceipt(notary, 3, 7, evil))
    const said = await verifying('file --receipt evil --policy policy')
    expect(said.out).toContain('\ufffd[2JProven\ufffd\ufffd')
    expect(said.out).not.toContain('\u001b')
    expect(readFileSync(at('file'), 'utf8')).toBe('document 3')
  })
})
