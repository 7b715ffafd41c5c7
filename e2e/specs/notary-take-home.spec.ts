import { readFileSync } from 'node:fs'
import { savedFile, saveInto } from '../fixtures/downloads.ts'
import { expect, test, written } from '../fixtures/notary-test.ts'
import { noBrowser, OfflineBrowser } from '../fixtures/offline-browser.ts'
import { VerifyPage } from '../pages/verify-page.ts'

test.skip(noBrowser !== null, noBrowser ?? '')

test('what the window hands out is enough to check a document in any browser, without a network', async ({
  lab,
  notary,
  folder,
}) => {
  await saveInto(lab, folder)
  await notary.open()
  await notary.choose([written(folder, 'contract.txt', 'We agree.')])
  await notary.register('Ana')
  const index = await notary.receiptReady('contract.txt')
  await notary.save(index, 'receipt')
  const receipt = await savedFile(lab, folder, 1)
  await notary.save(index, 'verify-page')
  const page = await savedFile(lab, folder, 2)
  await notary.open('check')
  await lab.page.getByTestId('save-policy').click()
  const policy = await savedFile(lab, folder, 3)
  await lab.quit()

  const browser = await OfflineBrowser.launch()
  try {
    const verify = new VerifyPage(await browser.open(page.path))
    await verify.give('document', { name: 'contract.txt', bytes: 'We agree.' })
    await verify.give('receipt', { name: 'contract.tlog-proof', bytes: receipt.bytes })
    await expect(verify.answer).toHaveAttribute('data-kind', 'unknown-keys')
    await verify.give('policy', { name: 'policy.txt', bytes: readFileSync(policy.path) })
    await expect(verify.answer).toHaveAttribute('data-kind', 'proven')
    await expect(verify.answer).toContainText(`${index}`)
    await verify.give('document', { name: 'contract.txt', bytes: 'We agree!' })
    await expect(verify.answer).toHaveAttribute('data-kind', 'other-document')
    expect(browser.asked, 'nobody was asked for anything').toEqual([])
  } finally {
    await browser.close()
  }
})
