import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { colmeia } from '../fixtures/command-line.ts'
import { savedFile, saveInto } from '../fixtures/downloads.ts'
import { expect, test, written } from '../fixtures/notary-test.ts'
import { noPrinter, readOffPaper } from '../fixtures/paper.ts'

test.skip(noPrinter !== null, noPrinter ?? '')

test('a certificate that is printed and scanned is the receipt, and proves the document where no lab runs', async ({
  lab,
  notary,
  folder,
}) => {
  await saveInto(lab, folder)
  const contract = written(folder, 'contrato.txt', 'Contrato de aluguel')
  await notary.open()
  await notary.choose([contract, written(folder, 'ata.txt', 'Ata da reunião')])
  await notary.register('Ana Souza')
  const index = await notary.receiptReady('contrato.txt')
  await notary.save(index, 'receipt')
  const receipt = await savedFile(lab, folder, 1)
  await notary.save(index, 'certificate')
  const certificate = await savedFile(lab, folder, 2)
  await notary.open('check')
  await lab.page.getByTestId('save-policy').click()
  const policy = await savedFile(lab, folder, 3)
  await lab.quit()

  const scanned = readOffPaper(certificate.path)
  expect(scanned).toBe(receipt.bytes.toString())

  const home = join(folder, 'elsewhere')
  mkdirSync(home)
  const scan = written(folder, 'scan.txt', scanned ?? '')
  const verify = (document: string, proof: string) =>
    colmeia(['notary', 'verify', document, '--receipt', proof, '--policy', policy.path, '--json'], home)
  for (const proof of [scan, certificate.path]) {
    const { code, out } = verify(contract, proof)
    expect(code, out).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      value: {
        kind: 'proven',
        facts: { index, sha256: createHash('sha256').update('Contrato de aluguel').digest('hex') },
      },
    })
  }
  const refused = verify(written(folder, 'changed.txt', 'Contrato de Aluguel'), scan)
  expect([refused.code, JSON.parse(refused.out)]).toMatchObject([1, { value: { kind: 'other-document' } }])
})
