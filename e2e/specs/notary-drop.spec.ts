import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { dropFiles, dropFromDisk } from '../fixtures/dropping.ts'
import { watchFrames } from '../fixtures/frames.ts'
import { expect, test, written } from '../fixtures/notary-test.ts'

test('files that are dropped lie on the table, and are registered', async ({ notary, folder }) => {
  const zone = notary.dropZone
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
  const zone = notary.dropZone
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

test('thousands of files in one drop: all are taken, and the window goes on drawing', async ({
  lab,
  notary,
  folder,
}) => {
  const many = Array.from({ length: 3_000 }, (_, number) => written(folder, `d${number}.txt`, `document ${number}`))
  mkdirSync(join(folder, 'x.pdf'))
  written(join(folder, 'x.pdf'), 'inner.txt', 'inner')
  await notary.open()
  const longestOfWindowMs = await watchFrames(lab.page.mainFrame())
  const longestOfDoorMs = await watchFrames(await notary.doorFrame())
  const odd = [join(folder, 'x.pdf'), written(folder, 'folder.pdf', 'a file')]
  await dropFromDisk(notary.dropZone, [...odd, ...many])
  await notary.hashed(3_002)
  // The browser makes the page wait on which things are dropped, and that is the door.
  expect(await longestOfWindowMs()).toBeLessThan((await longestOfDoorMs()) / 2)
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
  await dropFromDisk(notary.dropZone, [join(folder, 'top')])
  await notary.hashed(1)
  await expect(lab.page.getByTestId('left-out')).toHaveAttribute('data-why', 'deep')
  await expect(lab.page.getByTestId('left-out')).toContainText('1 folder was left out')
})

test('what is not there any more is left out, and no empty document', async ({ lab, notary, folder }) => {
  symlinkSync(join(folder, 'nowhere'), join(folder, 'gone.txt'))
  await notary.open()
  await dropFromDisk(notary.dropZone, [join(folder, 'gone.txt'), written(folder, 'empty.txt', '')])
  await notary.hashed(1)
  await expect(lab.page.getByTestId('tray-item').getByRole('textbox')).toHaveValue('empty.txt')
  await expect(lab.page.getByTestId('left-out')).toHaveAttribute('data-why', 'unreadable')
})

test('the door is out of sight until it is dressed, and is never without height', async ({ lab, notary }) => {
  const looks = await lab.page.evaluateHandle(() => {
    const seen = new Set<string>()
    const look = (): void => {
      const door = document.querySelector<HTMLElement>('[data-testid="door"]')
      if (door !== null) seen.add(`${getComputedStyle(door).opacity} ${door.offsetHeight > 100}`)
      requestAnimationFrame(look)
    }
    look()
    return seen
  })
  await notary.open()
  await expect(lab.page.getByTestId('door')).toHaveCSS('opacity', '1')
  await expect.poll(() => looks.evaluate((seen) => [...seen])).toEqual(['0 true', '1 true'])
})

test('the door is a part of the window for keys and menus', async ({ lab, notary }) => {
  const { page } = lab
  await notary.open()
  await notary.dropZone.waitFor()
  await page.getByTestId('language-switch').click()
  await expect(page.getByRole('menu')).toBeVisible()
  await notary.dropZone.click({ position: { x: 5, y: 5 } })
  await expect(page.getByRole('menu')).toHaveCount(0)
  await notary.door.getByTestId('write-text').click()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  await expect(page.getByRole('dialog').locator('input')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await notary.door.getByTestId('write-text').click()
  await page.keyboard.press('Alt+Digit1')
  await expect(page.getByTestId('page-overview')).toBeVisible()
})

test('who goes elsewhere before all has come in is told so', async ({ lab, notary, folder }) => {
  mkdirSync(join(folder, 'endless'))
  const part = Array.from({ length: 256 }, (_, number) => written(folder, `d${number}.txt`, `document ${number}`))
  await notary.open()
  const door = await notary.doorFrame()
  await door.evaluate(() => {
    const { prototype } = DataTransferItem
    const ask = prototype.webkitGetAsEntry
    prototype.webkitGetAsEntry = function (this: DataTransferItem) {
      const entry = ask.call(this)
      if (entry?.isDirectory) Object.assign(entry, { createReader: () => ({ readEntries: () => undefined }) })
      return entry
    }
  })
  await dropFromDisk(notary.dropZone, [...part, join(folder, 'endless')])
  await notary.hashed(part.length)
  await expect(lab.page.getByTestId('left-out')).toHaveCount(0)
  await notary.open('documents')
  await notary.open('register')
  await expect(lab.page.getByTestId('left-out')).toHaveAttribute('data-why', 'interrupted')
  await expect(lab.page.getByTestId('tray-item').first()).toBeVisible()
})
