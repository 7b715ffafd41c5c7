import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkReceipt } from '#cores/notary/receipt/check'
import { parsePolicy } from '#cores/notary/receipt/policy'
import { plainVerifyEd25519 } from '#kit/ed25519'
import { plainSha256 } from '#kit/sha256'
import { type Figure, median } from './figures.ts'

const program = fileURLToPath(new URL('../out/headless/main.mjs', import.meta.url))
const documentBytes = 120_000
/** The receipt is ready when a majority has co-signed; a notary that takes longer has another trouble. */
const receiptMsMax = 30_000
const tryAgainMs = 20

/** What it takes to check a receipt of this notary without it: by the command line, from its start, and the check alone. */
export async function verdicts(api: string, runs: number): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'colmeia-bench-'))
  try {
    const document = randomBytes(documentBytes)
    const sha256 = createHash('sha256').update(document).digest()
    const receipt = await receiptOf(api, sha256.toString('hex'))
    const policyText = await text(await fetch(`${api}/policy`))
    const [file, proof, keys] = ['document', 'receipt', 'policy'].map((name) => join(folder, name))
    if (file === undefined || proof === undefined || keys === undefined) throw new Error('three names')
    writeFileSync(file, document)
    writeFileSync(proof, receipt)
    writeFileSync(keys, policyText)
    const command = [program, 'notary', 'verify', file, '--receipt', proof, '--policy', keys]
    const bare = starts(['--eval', ''], runs)
    const judged = starts(command, runs)
    const policy = parsePolicy(policyText, plainSha256)
    if (policy === null) throw new Error('a policy of the notary is none')
    const checkMs = Array.from({ length: runs }, () => {
      const beganMs = performance.now()
      const sums = { sha256: plainSha256, verify: plainVerifyEd25519 }
      const { kind } = checkReceipt({ receipt, sha256: new Uint8Array(sha256), policies: [policy], sums })
      if (kind !== 'proven') throw new Error(`the check says ${kind}`)
      return performance.now() - beganMs
    })
    const [first = Number.NaN] = checkMs
    const of = `median of ${runs}`
    const figure = (name: string, value: number, note: string, beside: number | null = null): Figure => {
      return { id: `notary.${name}_ms`, value, unit: 'ms', beside: beside === null ? null : Math.round(beside), note }
    }
    const whole = `${of}: \`notary verify\` as a process, from start to end; beside: Node that does nothing`
    return [
      figure('verify', judged.wallMs, whole, bare.wallMs),
      figure(
        'verify.processor',
        judged.usedMs,
        `processor time of the same, all threads, mean of ${runs}`,
        bare.usedMs,
      ),
      figure('verify.check', median(checkMs), `${of}: the check alone; the first took ${first.toFixed(1)} ms`),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function receiptOf(api: string, sha256: string): Promise<string> {
  const registered = await fetch(`${api}/registrations`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ sha256, bytes: documentBytes, title: 'Contract that is checked', registrant: 'bench' }),
  })
  const { record } = JSON.parse(await text(registered)) as { readonly record: { readonly index: number } } // our own API
  const untilMs = performance.now() + receiptMsMax
  for (;;) {
    const answer = await fetch(`${api}/receipts/${record.index}`)
    if (answer.ok) return answer.text()
    if (performance.now() > untilMs) throw new Error(`no receipt: ${await answer.text()}`)
    await answer.body?.cancel()
    await new Promise((resolve) => setTimeout(resolve, tryAgainMs))
  }
}

/** Of a Node that is started anew each time: until it has ended, and the processor time it took. */
function starts(args: readonly string[], runs: number): { readonly wallMs: number; readonly usedMs: number } {
  const tookMs: number[] = []
  const before = processorMsOfChildren()
  for (let run = 0; run < runs; run += 1) {
    const beganMs = performance.now()
    const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' })
    tookMs.push(performance.now() - beganMs)
    if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stdout}`)
  }
  return { wallMs: median(tookMs), usedMs: (processorMsOfChildren() - before) / runs }
}

async function text(answer: Response): Promise<string> {
  const body = await answer.text()
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status} ${body}`)
  return body
}

/** Of children that have ended, in clock ticks of 10 ms: fields 16 and 17 of the whole line, two of them cut off. */
function processorMsOfChildren(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[13]) + Number(fields[14])) * 10
}
