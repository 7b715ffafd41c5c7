import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { DeskOutput, RecordView } from '#contract/worker/desk'
import { savedFile, saveInto } from '../fixtures/downloads.ts'
import type { LabProcess } from '../fixtures/lab-process.ts'
import { expect, test, written } from '../fixtures/notary-test.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

test('dropped files get receipts; a certificate is saved and checked; a changed file is refused', async ({
  lab,
  notary,
  folder,
}) => {
  await saveInto(lab, folder)
  const contract = written(folder, 'contrato.txt', 'Contrato de aluguel')
  const minutes = written(folder, 'ata.txt', 'Ata da reunião')
  await notary.open()
  await notary.choose([contract, minutes])
  await notary.register('Ana Souza')
  const index = await notary.receiptReady('contrato.txt')
  await notary.receiptReady('ata.txt')

  await notary.save(index, 'receipt')
  const receipt = await savedFile(lab, folder, 1)
  expect(receipt.bytes.toString()).toMatch(/^c2sp\.org\/tlog-proof@v1\n/)
  await notary.save(index, 'certificate')
  const certificate = await savedFile(lab, folder, 2)
  expect(certificate.bytes.subarray(0, 5).toString()).toBe('%PDF-')

  await notary.open('check')
  const verdict = await notary.check({ document: contract, receipt: receipt.path })
  await expect(verdict).toHaveAttribute('data-verdict', 'proven')
  await notary.withdrawOwnKeys()
  await expect(verdict).toHaveAttribute('data-verdict', 'unknown-keys')
  await expect(lab.page.getByTestId('signers').locator('code').first()).not.toBeEmpty()
  await notary.approveOwnKeys()
  await expect(verdict).toHaveAttribute('data-verdict', 'proven')
  await expect(lab.page.getByTestId('proven-facts')).toContainText(sha256('Contrato de aluguel'))

  await notary.check({ receipt: certificate.path })
  await expect(verdict).toHaveAttribute('data-verdict', 'proven')
  await notary.check({ document: written(folder, 'changed.txt', 'Contrato de Aluguel') })
  await expect(verdict).toHaveAttribute('data-verdict', 'other-document')
  await expect(lab.page.getByTestId('proven-facts')).toHaveCount(0)

  const forged = receipt.bytes.toString().replace(/^index \d+$/m, `index ${index + 1}`)
  await notary.check({ document: contract, receipt: written(folder, 'forged.tlog-proof', forged) })
  await expect(verdict).not.toHaveAttribute('data-verdict', /proven|unknown-keys/)
  expect(lab.complaints).toEqual([])
})

test('a leader that is killed in the middle of a thousand documents: each is registered exactly once', async ({
  lab,
  overview,
  notary,
  folder,
}) => {
  const { id: leader } = await overview.leader()
  mkdirSync(join(folder, 'many'))
  const hashes = Array.from({ length: 1_000 }, (_, number) => {
    const text = `document ${number}`
    written(join(folder, 'many'), `d${number}.txt`, text)
    return sha256(text)
  })
  await notary.open()
  await notary.chooseFolder(join(folder, 'many'), 1_000)
  // Slow disks, so that a batch takes long enough to be met in its middle.
  const slow: string[] = []
  for (const node of ['notary-1', 'notary-2', 'notary-3']) {
    const fault = await lab.call('faults.inject', { fault: { kind: 'slow-disk', node, ms: 100 }, forMs: null })
    slow.push(fault.value?.id ?? '')
  }
  const registered = notary.register('Bruno')
  await expect.poll(async () => (await outboxCounts(lab)).sent, { intervals: [20] }).toBeGreaterThan(0)
  await lab.call('faults.inject', { fault: { kind: 'kill', node: leader }, forMs: null })
  const atTheKill = await outboxCounts(lab)
  expect(atTheKill['in-log'] + atTheKill['co-signed']).toBeLessThan(1_000)
  for (const faultId of slow) await lab.call('faults.clear', { faultId })
  await registered
  await expect.poll(() => finished(lab), { timeout: 60_000 }).toBe(1_000)
  await lab.call('faults.clearAll', {})

  const records = await allRecords(lab)
  const counted = new Map<string, number>()
  for (const { sha256: hash } of records) counted.set(hash, (counted.get(hash) ?? 0) + 1)
  expect(hashes.filter((hash) => counted.get(hash) !== 1)).toEqual([])
  expect(records.map(({ index }) => index)).toEqual(records.map((_, place) => records.length - 1 - place))
  expect((await outboxCounts(lab)).refused).toBe(0)
})

test('the same file again: the register names the first record, and takes no second', async ({
  lab,
  notary,
  folder,
}) => {
  const file = written(folder, 'once.txt', 'only once')
  await notary.open()
  await notary.choose([file])
  await notary.register('Ana')
  const index = await notary.receiptReady('once.txt')
  const size = await sizeOf(lab)
  await notary.choose([written(folder, 'again.txt', 'only once')])
  await notary.register('Bruno')
  await expect(notary.item('again.txt')).toHaveAttribute('data-state', 'already')
  await expect(notary.item('again.txt')).toHaveAttribute('data-index', String(index))
  await expect(notary.item('again.txt')).toContainText('Ana')
  expect(await sizeOf(lab)).toBe(size)

  await notary.open('documents')
  await lab.page.getByTestId('record-search').fill('ONCE')
  await expect(lab.page.getByTestId('found')).toHaveAttribute('data-count', '1')
  await lab.page.getByTestId(`record-${index}`).click()
  await expect(lab.page.getByTestId('record-details')).toContainText(sha256('only once'))
})

test('the lesson: a changed copy shows its break, is named by an examination, and heals', async ({
  lab,
  overview,
  notary,
  folder,
}) => {
  const { id: leader } = await overview.leader()
  const victim = ['notary-1', 'notary-2', 'notary-3'].find((id) => id !== leader) ?? ''
  await notary.open()
  await notary.choose([1, 2, 3].map((number) => written(folder, `d${number}.txt`, `document ${number}`)))
  await notary.register('Clara')
  for (const number of [1, 2, 3]) await notary.receiptReady(`d${number}.txt`)

  await notary.open('chain')
  await lab.page.getByTestId('open-lesson').click()
  await lab.page.getByTestId('tamper-peer').selectOption(victim)
  await lab.page.getByTestId('tamper-index').fill('2')
  await lab.page.getByTestId('tamper').click()
  await expect(notary.block(2)).toHaveAttribute('data-breaks', 'copy')

  const peer = notary.peer(victim)
  await peer.getByTestId('examine').click()
  await expect(peer).toHaveAttribute('data-examination', 'broken')
  await expect(peer).toHaveAttribute('data-broken-index', '2')
  // It was a lesson, so it stays until somebody has seen it.
  await expect(peer.getByTestId('healing')).toHaveAttribute('data-heals', 'false')

  await peer.getByTestId('repair').click()
  await expect(notary.block(2)).toHaveAttribute('data-breaks', '')
  await expect(lab.page.getByTestId('breaks')).toHaveAttribute('data-count', '0')
  await expect(peer).toHaveAttribute('data-size', String(await sizeOf(lab)))
  await peer.getByTestId('examine').click()
  await expect(peer).toHaveAttribute('data-examination', 'sound')
})

test('what waits in the outbox outlives the notary and the window', async ({ lab, notary, overview, folder }) => {
  await lab.call('clusters.stop', { clusterId: 'notary' })
  await notary.open()
  await expect(lab.page.getByTestId('notary-stopped')).toBeVisible()
  await notary.choose([written(folder, 'patient.txt', 'it can wait')])
  await notary.register('Diego')
  await expect(notary.item('patient.txt')).toHaveAttribute('data-state', /waiting|sent/)
  await lab.page.reload()
  await expect(notary.item('patient.txt')).toHaveAttribute('data-state', /waiting|sent/)
  await lab.page.getByTestId('notary-stopped').getByRole('button').click()
  await notary.receiptReady('patient.txt')
  await lab.page.getByTestId('rail-overview').click()
  await overview.waitUntilUp()
})

async function sizeOf(lab: LabProcess): Promise<number> {
  const answer = await lab.call('notary.status', {})
  return answer.value?.size ?? 0
}

async function outboxCounts(lab: LabProcess) {
  const answer = await lab.call('notary.outbox', { before: null, limit: 1, state: null })
  if (answer.value === undefined) throw new Error(JSON.stringify(answer))
  return answer.value.counts
}

async function finished(lab: LabProcess): Promise<number> {
  return (await outboxCounts(lab))['co-signed']
}

/** Newest first, down to the first block. */
async function allRecords(lab: LabProcess): Promise<readonly RecordView[]> {
  const records: RecordView[] = []
  let before: number | null = null
  do {
    const answer: { value?: DeskOutput<'notary.records'> } = await lab.call('notary.records', {
      search: '',
      before,
      limit: 200,
    })
    records.push(...(answer.value?.records ?? []))
    before = answer.value?.next ?? null
  } while (before !== null)
  return records
}
