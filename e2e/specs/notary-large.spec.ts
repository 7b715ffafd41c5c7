import { truncateSync } from 'node:fs'
import { dropFromDisk } from '../fixtures/dropping.ts'
import { watchFrames } from '../fixtures/frames.ts'
import { expect, test, written } from '../fixtures/notary-test.ts'

const files = 10_000
const gigabytes = 4

const notAsked = process.env.COLMEIA_LARGE === undefined
test.skip(notAsked, 'writes ten thousand files and takes minutes: asked for by COLMEIA_LARGE=1')

test('a folder of ten thousand files, one of them of four gigabytes: the window goes on drawing, each is registered', async ({
  lab,
  notary,
  folder,
}) => {
  test.setTimeout(600_000)
  const { page } = lab
  for (let number = 1; number < files; number += 1) written(folder, `d${number}.txt`, `document ${number}`)
  // First in the order of names, so that the others wait for it.
  truncateSync(written(folder, 'a-large.bin', 'the beginning'), gigabytes * 1_024 ** 3)
  await notary.open()
  const longestFrameMs = await watchFrames(page.mainFrame())
  const beganMs = performance.now()
  await dropFromDisk(notary.dropZone, [folder])
  const progress = page.getByTestId('hash-progress')
  await expect(progress).toHaveAttribute('data-all', String(files), { timeout: 120_000 })

  await test.step('it is held in the middle of the large file, and goes on from there', async () => {
    const bar = page.getByRole('progressbar')
    const percent = async () => Number(await bar.getAttribute('aria-valuenow'))
    await expect.poll(percent).toBeGreaterThan(10)
    await page.getByTestId('hold').click()
    await expect(bar).toHaveAttribute('data-held', 'true')
    const held = await percent()
    await page.getByTestId('hold').click()
    await expect.poll(percent).toBeGreaterThan(held)
    expect(await percent()).toBeLessThan(100)
  })
  await expect(progress).toHaveAttribute('data-done', String(files), { timeout: 300_000 })
  const tookMs = performance.now() - beganMs
  const frameMs = await longestFrameMs()
  test
    .info()
    .annotations.push({ type: 'figure', description: `${frameMs} ms between two pictures at most, of ${tookMs} ms` })
  expect(frameMs).toBeLessThan(tookMs / 50)

  await notary.register('Ana')
  // The chain begins with a block that is nobody's.
  const standing = page.getByTestId('notary-standing')
  await expect(standing).toHaveAttribute('data-size', String(files + 1), { timeout: 120_000 })
  expect(lab.complaints).toEqual([])
})

for (const way of ['dropped', 'chosen', 'folder'] as const) {
  test(`ten thousand loose files (${way}): the window goes on drawing`, async ({ lab, notary, folder }) => {
    test.setTimeout(300_000)
    const paths = Array.from({ length: files }, (_, number) => written(folder, `d${number}.txt`, `document ${number}`))
    await notary.open()
    const longestFrameMs = await watchFrames(lab.page.mainFrame())
    const beganMs = performance.now()
    if (way === 'dropped') await dropFromDisk(notary.dropZone, paths)
    else if (way === 'chosen') await notary.door.getByTestId('pick-files').setInputFiles(paths)
    else await notary.door.getByTestId('pick-folder').setInputFiles(folder)
    const progress = lab.page.getByTestId('hash-progress')
    await expect(progress).toHaveAttribute('data-all', String(files), { timeout: 120_000 })
    const listedMs = performance.now() - beganMs
    await expect(progress).toHaveAttribute('data-done', String(files), { timeout: 120_000 })
    const tookMs = performance.now() - beganMs
    const frameMs = await longestFrameMs()
    const description = `${frameMs} ms between two pictures at most, listed after ${listedMs}, done after ${tookMs} ms`
    test.info().annotations.push({ type: 'figure', description })
    expect(frameMs).toBeLessThan(tookMs / 50)
  })
}
