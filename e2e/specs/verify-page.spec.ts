import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { formatPolicy } from '#cores/notary/receipt/policy'
import { madeNotary, madeReceipt } from '#cores/notary/receipt/testing/made-notary'
import { openPaper } from '#drivers/paper/index'
import { order } from '#drivers/paper/testing/orders'
import { type Look, noBrowser, OfflineBrowser } from '../fixtures/offline-browser.ts'
import { VerifyPage } from '../pages/verify-page.ts'

const file = fileURLToPath(new URL('../../out/verify-page/verify.html', import.meta.url))
const notary = madeNotary(3)
const document = { name: 'contract.txt', bytes: 'document 3' }
const receipt = { name: 'contract.tlog-proof', bytes: madeReceipt(notary, 3) }
const policy = { name: 'policy.txt', bytes: formatPolicy(notary.policy) }

test.skip(noBrowser !== null, noBrowser ?? '')

let browser: OfflineBrowser
test.beforeAll(async () => {
  browser = await OfflineBrowser.launch()
})
test.afterAll(() => browser?.close())
test.afterEach(() => {
  expect(browser.asked.splice(0), 'nobody was asked for anything').toEqual([])
})

const open = (look: Look = {}, from = file): Promise<Page> => browser.open(from, look)

test('a document is proven by its receipt and approved keys, in one sentence and step by step', async () => {
  const page = await open()
  const verify = new VerifyPage(page)
  await expect(verify.answer).toContainText('Give a document and its receipt.')
  await verify.drop([document, receipt, policy])
  await expect(verify.answer).toHaveAttribute('data-kind', 'proven')
  await expect(verify.answer).toContainText('This document is proven')
  await expect(verify.answer).toContainText('Contrato nº 3')
  await expect(verify.answer).toContainText('between the peers, not to UTC')
  for (const check of ['document', 'leaf', 'path', 'log-signature', 'witnesses', 'policy']) {
    await expect(verify.step(check)).toHaveAttribute('data-outcome', 'right')
  }
  await expect(verify.answer).toContainText(notary.log.key.fingerprint)
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
})

test('without a policy the keys are unknown, whatever they have signed', async () => {
  const verify = new VerifyPage(await open())
  await verify.give('document', document)
  await verify.give('receipt', receipt)
  await expect(verify.answer).toHaveAttribute('data-kind', 'unknown-keys')
  await expect(verify.answer).toContainText('Consistent, but signed by keys that you have not approved.')
  await expect(verify.answer).toContainText('What the receipt claims')
  await expect(verify.answer).toContainText(notary.log.key.id)
  await verify.paste('policy', formatPolicy(madeNotary(3, 'another.example/log', 9).policy))
  await expect(verify.answer).toHaveAttribute('data-kind', 'unknown-keys')
  await verify.slot('policy').locator('textarea').fill('nothing of the kind')
  await expect(verify.slot('policy')).toContainText('This is no policy.')
})

test('a changed document is refused, and so is each changed letter of the receipt', async () => {
  const verify = new VerifyPage(await open())
  await verify.give('policy', policy)
  await verify.give('receipt', receipt)
  await expect(verify.answer).toContainText('Whether it is of your document is not checked yet.')
  await verify.give('document', { name: 'contract.txt', bytes: 'document 3.' })
  await expect(verify.answer).toHaveAttribute('data-kind', 'other-document')
  await expect(verify.step('document')).toHaveAttribute('data-outcome', 'wrong')
  await verify.give('document', document)
  await expect(verify.answer).toHaveAttribute('data-kind', 'proven')
  const text = verify.slot('receipt').locator('textarea')
  await verify.slot('receipt').locator('summary').click()
  for (const [line, kind] of [
    [3, 'proof-wrong'],
    [9, 'proof-wrong'],
    [11, 'signature-wrong'],
    [12, 'signature-wrong'],
  ] as const) {
    await text.fill(withOtherLine(receipt.bytes, line))
    await expect(verify.answer, `line ${line}`).toHaveAttribute('data-kind', kind)
  }
  await text.fill('no receipt at all')
  await expect(verify.answer).toHaveAttribute('data-kind', 'not-a-receipt')
})

test('a certificate is as good as its receipt, also on a page in Portuguese', async () => {
  const verify = new VerifyPage(await open({ locale: 'pt-BR', colorScheme: 'dark' }))
  const certificate = { name: 'certificado.pdf', bytes: await certificateOf(receipt.bytes) }
  await verify.drop([certificate, policy, document])
  await expect(verify.answer).toHaveAttribute('data-kind', 'proven')
  await expect(verify.answer).toContainText('Este documento está provado')
  await expect(verify.slot('receipt')).toContainText('certificado.pdf')
  await verify.slot('receipt').getByRole('button', { name: 'Tirar' }).click()
  await expect(verify.answer).toContainText('Agora dê o recibo')
})

test('the other language is one click away, and what is held stays', async () => {
  const page = await open()
  const verify = new VerifyPage(page)
  await verify.drop([document, receipt, policy])
  await expect(verify.answer).toHaveAttribute('data-kind', 'proven')
  await page.getByRole('button', { name: 'Português' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'pt-BR')
  await expect(verify.answer).toContainText('Este documento está provado')
})

test('a large document is read piece by piece, and another one takes its place at once', async () => {
  const page = await open()
  const verify = new VerifyPage(page)
  await page.evaluate(() => {
    const piece = new Uint8Array(64 * 1024 * 1024)
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(Array(6).fill(piece), 'large.bin'))
    globalThis.document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }))
  })
  await expect(verify.slot('document').locator('progress')).toBeVisible()
  await verify.give('document', document)
  await verify.give('receipt', receipt)
  await expect(verify.answer).toHaveAttribute('data-kind', 'unknown-keys')
  await expect(verify.slot('document')).toContainText('contract.txt')
})

test('what somebody adds to the page does not run', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'colmeia-verify-'))
  try {
    const changed = join(folder, 'verify.html')
    const page = readFileSync(file, 'utf8')
    writeFileSync(changed, page.replace('</body>', '<script>document.title = "mine"</script></body>'))
    await expect(await open({}, changed)).toHaveTitle('Colmeia: Check a document')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

function withOtherLine(text: string, number: number): string {
  const lines = text.split('\n')
  const line = lines[number] ?? ''
  const at = Math.floor(line.length / 2)
  lines[number] = line.slice(0, at) + (line[at] === 'A' ? 'B' : 'A') + line.slice(at + 1)
  return lines.join('\n')
}

function certificateOf(text: string): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    openPaper().certificate(order({}, { receipt: text }), (made) => {
      if (made.ok) resolve(made.value)
      else reject(new Error(made.failure.message))
    })
  })
}
