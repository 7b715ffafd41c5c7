import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import jsQR from 'jsqr'
import { afterAll, describe, expect, it } from 'vitest'
import { type CertificateOrder, paperLimits } from '#ports/paper'
import { openPaper } from './index.ts'
import { order, receiptOf } from './testing/orders.ts'

const paper = openPaper()
const folder = mkdtempSync(join(tmpdir(), 'colmeia-paper-'))
afterAll(() => rmSync(folder, { recursive: true }))

const hasPoppler = canRun('pdftoppm', '-v')
const hasZbar = canRun('zbarimg', '--version')
const hasQpdf = canRun('qpdf', '--version')
for (const [has, what] of [
  [hasPoppler, 'pdftoppm (poppler-utils): certificates are NOT printed'],
  [hasZbar, 'zbarimg (zbar-tools): the picture is read by one reader only'],
  [hasQpdf, 'qpdf: certificates are NOT saved anew by another program'],
] as const) {
  if (!has) process.stderr.write(`No ${what} in this run.\n`)
}

function canRun(program: string, flag: string): boolean {
  return spawnSync(program, [flag]).error === undefined
}

async function save(name: string, what: CertificateOrder): Promise<string> {
  const file = join(folder, `${name}.pdf`)
  await new Promise<void>((done) =>
    paper.certificate(what, (result) => {
      if (result.ok) writeFileSync(file, result.value)
      done()
    }),
  )
  return file
}

interface Sheet {
  readonly width: number
  readonly height: number
  readonly grey: Uint8Array
}

/** A page as a printer would put it on paper. */
function print(file: string, dpi: number): Sheet {
  const pgm = execFileSync('pdftoppm', ['-gray', '-singlefile', '-r', String(dpi), file], { maxBuffer: 2 ** 28 })
  const head = /^P5\s(\d+) (\d+)\s255\s/.exec(pgm.subarray(0, 40).toString('latin1'))
  return { width: Number(head?.[1]), height: Number(head?.[2]), grey: pgm.subarray(head?.[0].length ?? 0) }
}

function readPicture({ width, height, grey }: Sheet): string | null {
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255)
  grey.forEach((value, at) => {
    pixels.fill(value, at * 4, at * 4 + 3)
  })
  const found = jsQR(pixels, width, height)
  return found === null ? null : Buffer.from(found.binaryData).toString()
}

describe.runIf(hasPoppler)('a certificate on paper', () => {
  const largest = order({}, { receipt: receiptOf(paperLimits.receiptBytesMax) })
  const cases = [
    ['usual', order(), 150],
    ['portuguese', order({}, { language: 'pt-BR' }), 300],
    ['largest', largest, 300],
    ['unprintable', order({ title: 'Σύμβαση 🐝' }), 200],
  ] as const

  it.each(cases)('%s: another reader reads the receipt off it', async (name, what, dpi) => {
    expect(readPicture(print(await save(name, what), dpi))).toBe(what.receipt)
  })

  it.runIf(hasZbar).each(cases)('%s: so does a second one', async (name, what, dpi) => {
    const file = await save(name, what)
    execFileSync('pdftoppm', ['-png', '-singlefile', '-r', String(dpi), file, join(folder, name)])
    const read = execFileSync('zbarimg', ['-q', '--raw', '-Sdisable', '-Sqrcode.enable', join(folder, `${name}.png`)], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    expect(read.toString()).toBe(`${what.receipt}\n`)
  })

  it('says in words what a reader must know', async () => {
    const text = (file: string): string =>
      execFileSync('pdftotext', ['-layout', file, '-']).toString().replace(/\s+/g, ' ')
    const english = text(await save('words', order()))
    for (const words of ['between the peers, not to UTC', 'not independent witnesses', 'notary-2, in term 7']) {
      expect(english).toContain(words)
    }
    const portuguese = text(await save('palavras', order({}, { language: 'pt-BR' })))
    for (const words of ['entre os pares, não em relação ao UTC', 'não são testemunhas independentes', 'mandato 7']) {
      expect(portuguese).toContain(words)
    }
    expect(english).not.toContain('empty boxes')
    expect(text(await save('greek', order({ title: 'Σύμβαση' })))).toContain('empty boxes')
    expect(text(await save('name', order({ registrant: 'Ελένη' })))).toContain('empty boxes')
  })

  it('has the receipt as a file that other programs list and save', async () => {
    const file = await save('attached', order())
    expect(execFileSync('pdfdetach', ['-list', file]).toString()).toContain('receipt.tlog-proof')
    execFileSync('pdfdetach', ['-save', '1', '-o', join(folder, 'receipt'), file])
    expect(readFileSync(join(folder, 'receipt'), 'utf8')).toBe(order().receipt)
  })
})

describe.runIf(hasQpdf)('a certificate that another program has saved', () => {
  it.each([
    ['linearized', '--linearize'],
    ['unpacked', '--qdf --object-streams=disable'],
    ['unpacked streams only', '--stream-data=uncompress'],
    ['packed anew', '--recompress-flate --compression-level=9 --object-streams=generate'],
  ])('%s still has its receipt', async (_, flags) => {
    const file = await save('saved', order())
    const other = join(folder, 'other.pdf')
    execFileSync('qpdf', [...flags.split(' '), file, other])
    expect(paper.receiptInside(readFileSync(other))).toBe(order().receipt)
  })

  it('is a PDF without a complaint', async () => {
    const said = execFileSync('qpdf', ['--check', await save('checked', order())]).toString()
    expect(said).toContain('No syntax or stream encoding errors')
  })
})

it('takes a moment after the first', async () => {
  await save('first', order())
  const took: number[] = []
  for (let round = 0; round < 10; round += 1) {
    const startedAt = performance.now()
    await new Promise<void>((done) => paper.certificate(order({ index: round }), () => done()))
    took.push(performance.now() - startedAt)
  }
  // The fastest: what it costs, and not what else the machine is busy with.
  const [fastest = Number.POSITIVE_INFINITY] = took.sort((one, other) => one - other)
  process.stdout.write(`one certificate: ${fastest.toFixed(1)} ms at best, ${took[5]?.toFixed(1)} ms usually\n`)
  // A tenth of it on a machine with nothing else to do. Loading the fonts for each one anew would take longer than this.
  expect(fastest).toBeLessThanOrEqual(1_000)
})
