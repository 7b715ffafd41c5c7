import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { dropFiles, dropFromDisk, watchEntries } from '../fixtures/dropping.ts'
import { expect, test, written } from '../fixtures/notary-test.ts'

test('files that are dropped lie on the table, and are registered', async ({ lab, notary, folder }) => {
  const zone = lab.page.getByTestId('drop-zone')
  await notary.open()
  await dropFiles(zone, [written(folder, 'one.txt', 'one'), written(folder, 'two.txt', 'two')])
  await notary.hashed(2)
  await expect(zone).toHaveAttribute('data-over', 'false')
  await notary.register('Ana')
  await notary.receiptReady('one.txt')
  await notary.receiptReady('two.txt')
})

test('a folder that is dragged from the disk is looked through, also inside, and its paths are the titles', async ({
  lab,
  notary,
  folder,
}) => {
  const zone = lab.page.getByTestId('drop-zone')
  mkdirSync(join(folder, 'papers', 'old'), { recursive: true })
  written(join(folder, 'papers'), 'a.txt', 'a')
  written(join(folder, 'papers', 'old'), 'b.txt', 'b')
  await notary.open()
  await dropFromDisk(zone, [join(folder, 'papers'), written(folder, 'c.txt', 'c')])
  await notary.hashed(3)
  await expect(lab.page.getByTestId('left-out')).toHaveCount(0)
  await notary.register('Ana')
  for (const title of ['papers/a.txt', 'papers/old/b.txt', 'c.txt']) await notary.receiptReady(title)
  expect(lab.complaints).toEqual([])
})

test('thousands of files in one drop: all are taken, and only of a folder is the browser asked what it is', async ({
  lab,
  notary,
  folder,
}) => {
  const many = Array.from({ length: 3_000 }, (_, number) => written(folder, `d${number}.txt`, `document ${number}`))
  mkdirSync(join(folder, 'x.pdf'))
  written(join(folder, 'x.pdf'), 'inner.txt', 'inner')
  await notary.open()
  const asked = await watchEntries(lab.page)
  const odd = [join(folder, 'x.pdf'), written(folder, 'folder.pdf', 'a file')]
  await dropFromDisk(lab.page.getByTestId('drop-zone'), [...odd, ...many])
  await notary.hashed(3_002)
  expect(await asked()).toEqual(['x.pdf'])
  const titles = lab.page.getByTestId('tray-item').getByRole('textbox')
  for (const [place, title] of ['x.pdf/inner.txt', 'folder.pdf', 'd0.txt'].entries()) {
    await expect(titles.nth(place)).toHaveValue(title)
  }
  await expect(lab.page.getByTestId('left-out')).toHaveCount(0)
  // What could not be read would stay on the table.
  await notary.register('Ana')
  expect(lab.complaints).toEqual([])
})

test('what lies too deep is left out, and that is said, not that the table is full', async ({
  lab,
  notary,
  folder,
}) => {
  const deep = join(folder, 'top', ...Array.from({ length: 24 }, (_, depth) => `d${depth}`))
  mkdirSync(deep, { recursive: true })
  written(deep, 'unseen.txt', 'unseen')
  written(join(folder, 'top'), 'seen.txt', 'seen')
  await notary.open()
  await dropFromDisk(lab.page.getByTestId('drop-zone'), [join(folder, 'top')])
  await notary.hashed(1)
  await expect(lab.page.getByTestId('left-out')).toHaveAttribute('data-why', 'deep')
  await expect(lab.page.getByTestId('left-out')).toContainText('1 folder was left out')
})
