import type { Locator } from '@playwright/test'
import { pretendRecords } from '../fixtures/many-records.ts'
import { expect, test } from '../fixtures/notary-test.ts'

const records = 1_000_000

test('a register of a million records: the first and the last by keys, by scrolling and by number', async ({
  lab,
  notary,
}) => {
  // With the first block, which stands before all records.
  await pretendRecords(lab, records + 1)
  await notary.open('documents')
  const { page } = lab
  const list = page.getByTestId('record-list')
  const oldest = page.getByTestId('record-1')
  const newest = page.getByTestId(`record-${records}`)
  await expect(newest).toBeInViewport()

  // By keys. The focus stays in the list, wherever the row goes that had it.
  await newest.focus()
  await page.keyboard.press('End')
  await expect(oldest).toBeInViewport()
  await expect(page.getByTestId('record-0')).toBeInViewport()
  await expect(oldest).toContainText('Document')
  await page.keyboard.press('PageUp')
  await expect(oldest).not.toBeInViewport()
  await page.keyboard.press('PageDown')
  await expect(oldest).toBeInViewport()
  await page.keyboard.press('Home')
  await expect(newest).toBeInViewport()
  await page.keyboard.press('PageDown')
  await expect.poll(async () => (await firstRow(list)) > 3 && (await firstRow(list)) < 30).toBe(true)
  await page.keyboard.press('Home')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('record-details')).toContainText('Record #1,000,000')

  // By the bar, and by the wheel, which moves by rows and leaves none out.
  await list.evaluate((field) => field.scrollTo(0, field.scrollHeight))
  await expect(oldest).toBeInViewport()
  await list.evaluate((field) => field.scrollTo(0, field.scrollHeight / 2))
  await expect.poll(async () => Math.round((await firstRow(list)) / 10_000)).toBe(50)
  await list.hover()
  const before = await firstRow(list)
  await page.mouse.wheel(0, 460)
  await expect.poll(() => firstRow(list)).toBe(before + 10)
  await list.evaluate((field) => field.scrollTo(0, 0))
  await expect(newest).toBeInViewport()

  // By number: with what is around it, and all of it beside the list.
  for (const index of [1, 500_000, records]) {
    await page.getByTestId('record-number').fill(String(index))
    await page.getByTestId('record-number').press('Enter')
    await expect(page.getByTestId(`record-${index}`)).toBeInViewport()
    await expect(page.getByTestId('record-details')).toContainText(`Record #${index.toLocaleString('en')}`)
  }
  expect(lab.complaints).toEqual([])
})

async function firstRow(list: Locator): Promise<number> {
  return Number(await list.getAttribute('data-first'))
}
