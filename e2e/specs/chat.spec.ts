import type { Locator } from '@playwright/test'
import { Request } from 'zeromq'
import { seriousIn } from '../fixtures/axe.ts'
import { savedFile, saveInto } from '../fixtures/downloads.ts'
import type { LabProcess } from '../fixtures/lab-process.ts'
import { expect, test } from '../fixtures/test.ts'
import { type ChatWindow, chatServers, leaderOf, twoWindows } from '../pages/chat.ts'

async function kill(lab: LabProcess, node: string): Promise<void> {
  const fault = { kind: 'kill', node } as const
  const { ok } = await lab.call('faults.inject', { fault, forMs: null } as never) // a node of the lab
  expect(ok).toBe(true)
}

/** Both show the same messages in the same order, as far as both show them. What waits has no place yet, so it may move once. */
async function showTheSame(ana: ChatWindow, bia: ChatWindow, last: string): Promise<void> {
  for (const window of [ana, bia]) await expect(window.row(last)).toHaveCount(1)
  const agree = async (): Promise<boolean> => {
    const [one, other] = [await ana.ids(), await bia.ids()]
    const common = one.filter((id) => other.includes(id))
    return common.length > 1 && `${other.filter((id) => one.includes(id))}` === `${common}`
  }
  await expect.poll(agree).toBe(true)
}

test.use({ systems: ['chat', 'desk'] })

test('two users talk in two windows, and go on talking when the leader is killed between two messages', async ({
  lab,
}) => {
  test.setTimeout(180_000)
  await lab.call('settings.set', { language: 'en' })
  const { ana, bia } = await twoWindows(lab)
  await expect(bia.page).toHaveTitle(/^bia/)

  await test.step('what one says the other reads, as it was typed: HTML and script are text', async () => {
    const html = '<script>document.title="broken"</script><img src=x onerror="document.title=1"> <b>b</b>'
    await bia.say(html)
    await expect(ana.row('<b>b</b>')).toContainText('<script>document.title="broken"</script>')
    await expect(ana.page.locator('[data-testid="chat-log"] :is(script, img, b)')).toHaveCount(0)
    await ana.say('**bold** and `code`, @bia')
    await expect(
      bia
        .row('bold and')
        .locator('strong')
        .filter({ hasText: /^bold$/ }),
    ).toBeVisible()
    await expect(bia.row('bold and').locator('code')).toHaveText('code')
    await expect(bia.row('bold and')).toHaveAttribute('data-names-reader', 'true')
    await expect(ana.page).toHaveTitle(/^ana/)
  })

  await test.step('answers, reactions, edits and deletions are seen by the other', async () => {
    await bia.choose('bold and', 'chat-reply')
    await bia.say('an answer')
    await expect(ana.row('an answer').getByTestId('chat-quote')).toContainText('bold and code')
    await ana.choose('an answer', 'chat-react-🎉')
    await expect(bia.row('an answer').getByTestId('chat-reaction')).toHaveAttribute('data-emoji', '🎉')
    await bia.choose('an answer', 'chat-edit')
    await bia.say('a better answer')
    await expect(ana.row('a better answer')).toHaveAttribute('data-edited', 'true')
    await bia.say('to be forgotten')
    await expect(ana.row('to be forgotten')).toHaveCount(1)
    await bia.choose('to be forgotten', 'chat-delete')
    await bia.page.getByTestId('chat-delete').click()
    await expect(ana.row('to be forgotten')).toHaveCount(0)
    await expect(ana.page.locator('[data-testid="chat-row"][data-author="bia"][data-deleted="true"]')).toHaveCount(1)
    await ana.page.getByTestId('chat-composer').pressSequentially('half a line')
    await expect(bia.page.getByTestId('chat-typing')).toHaveText('ana is typing')
    await ana.page.getByTestId('chat-composer').fill('')
  })

  await test.step('who was elsewhere finds the number of what is new, and the line above it', async () => {
    await bia.join('random')
    await ana.say('new for bia')
    await expect(bia.item('general')).toHaveAttribute('data-unread', /^[1-9]/)
    await bia.open('general')
    await expect(bia.page.getByTestId('chat-unread-line')).toBeVisible()
    await expect(bia.row('new for bia')).toBeVisible()
  })

  await test.step('the leader is killed: the composer stays usable, nothing is lost, the gap stands in the margin', async () => {
    const leader = await leaderOf(lab)
    await ana.say('before the kill')
    await kill(lab, leader)
    await ana.say('while it is dead')
    await bia.say('so it is')
    await expect(ana.tick('while it is dead')).toHaveAttribute('data-tick', /majority|seen/)
    await showTheSame(ana, bia, 'so it is')
    // Three choose in so short a time that it may be over before anybody asks: then who leads is said, and no time.
    await expect(ana.page.getByTestId('chat-gap').first()).toHaveAttribute('data-ms', /^\d+$/)
    expect(await leaderOf(lab)).not.toBe(leader)

    // One of three is left: what is said waits in order, and is said when there is a majority again.
    const [second = ''] = (await chatServers(lab)).filter((id) => id !== leader)
    await kill(lab, second)
    await ana.say('first that waits')
    await ana.say('second that waits')
    await expect(ana.tick('first that waits')).toHaveAttribute('data-tick', /queued|sent/)
    await expect(ana.page.getByTestId('chat-silent')).toBeVisible()
    await lab.call('faults.clearAll', {})
    await expect(ana.tick('second that waits')).toHaveAttribute('data-tick', /majority|all|seen/)
    await showTheSame(ana, bia, 'second that waits')
    await expect(ana.page.locator('[data-testid="chat-gap"]:not([data-ms="0"])').last()).toBeVisible()
    const ids = await bia.ids()
    const place = async (text: string) => ids.indexOf((await bia.row(text).getAttribute('data-id')) ?? '')
    expect(await place('first that waits')).toBeLessThan(await place('second that waits'))
  })

  await test.step('a search finds it, and a press shows it in its place', async () => {
    await bia.search('better from:bia in:general')
    await expect(bia.page.getByTestId('chat-found')).toHaveAttribute('data-count', '1')
    await bia.page.getByTestId('chat-hit').click()
    await expect(bia.row('a better answer')).toHaveAttribute('data-found', 'true')
    await bia.search('better before:2020-01-01')
    await expect(bia.page.getByTestId('chat-found-nothing')).toBeVisible()
  })
  expect(lab.complaints).toEqual([])
})

test('a server whose clock is put wrong by five seconds is back with the others within a minute, in view', async ({
  lab,
}) => {
  test.setTimeout(240_000)
  const { page } = lab
  const [offset, skew] = [page.getByTestId('clock-offset'), page.getByTestId('clock-skew')]
  const read = async (shown: Locator, what: string) =>
    Number((await shown.getAttribute(`data-${what}-ms`)) ?? Number.POSITIVE_INFINITY)
  const leftMs = async (ms: number) =>
    Math.max(Math.abs(ms + (await read(offset, 'offset'))), await read(offset, 'error'))
  for (const [who, ms] of [
    ['follower', 5_000],
    ['leader', -5_000],
  ] as const) {
    const leader = await leaderOf(lab)
    const node = (await chatServers(lab)).find((id) => (id === leader) === (who === 'leader')) ?? ''
    await page.getByTestId(`node-${node}`).click()
    await expect.poll(() => leftMs(0)).toBeLessThanOrEqual(20)
    await page.getByTestId('tab-actions').click()
    const form = page.getByTestId('fault-form')
    await form.locator('select').first().selectOption('skew')
    await form.getByTestId('fault-ms').fill(String(ms))
    await form.getByTestId('fault-duration').selectOption('until-cleared')
    await form.getByTestId('fault-submit').click()
    await page.getByTestId('tab-beliefs').click()
    await expect(skew).toHaveAttribute('data-skew-ms', String(ms))
    await expect.poll(() => leftMs(ms), { timeout: 60_000 }).toBeLessThanOrEqual(20)
    // To the millisecond, so that a person can tell.
    await expect(skew).toHaveText(`${ms < 0 ? '−' : '+'}5.000\u00a0ms`)
    await expect(offset).toHaveText(/^[+−][45]\.\d{3}\sms ± \d+\sms$/)
  }
  expect(lab.complaints).toEqual([])
})

test('every part of the chat is clean for axe in both themes, and a program of the course is judged', async ({
  lab,
}) => {
  test.setTimeout(180_000)
  const { page } = lab
  const { ana, bia } = await twoWindows(lab)
  await ana.say('first\n\n```ts\nconst one = 1\n```\n@bia https://example.org')
  await bia.say('second')
  await expect(ana.row('second')).toHaveCount(1)
  const found: string[] = []

  await test.step('talk, with stamps and the reason why one stands below another', async () => {
    await lab.call('settings.set', { language: 'en', theme: 'light' })
    await page.getByTestId('chat-stamps').press('Space')
    found.push(...(await seriousIn(page, 'talk, light')))
    await ana.row('second').getByTestId('chat-why').press('Enter')
    await expect(page.getByTestId('chat-why-words')).toHaveAttribute('data-why', /position|same-entry/)
    await page.keyboard.press('Escape')
    await page.getByTestId('chat-panes').locator('input[value="locks"]').press('Space')
    await page.getByTestId('chat-lock-name').fill('printer')
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('chat-lock')).toHaveAttribute('data-own', 'true')
    await expect(page.getByTestId('chat-lock-told')).not.toBeEmpty()
    await page.getByTestId('chat-lock-give').click()
    await expect(page.getByTestId('chat-lock')).toHaveCount(0)
    await expect(page.getByTestId('chat-lock-told')).toBeEmpty()
    await lab.call('settings.set', { language: 'pt-BR', theme: 'dark' })
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
    found.push(...(await seriousIn(page, 'talk with locks, dark')))
  })

  await test.step('a program that is plugged in is judged as it speaks, and the report names what it breaks', async () => {
    await page.getByTestId('chat-part-programs').click()
    const clients = page.locator('[data-testid="chat-address"][data-name="clients"] code')
    const program = new Request({ linger: 0 })
    program.connect((await clients.textContent()) ?? '')
    await program.send(`{"service":"login","data":{"user":"zeca","timestamp":${Date.now() / 1_000},"clock":1}}`)
    expect(String(await program.receive())).toContain('sucesso')
    await program.send('{"service":"dance","data":{"user":"zeca"}}')
    const [answer] = await program.receive()
    program.close()
    expect(String(answer)).toContain('erro')
    await page.locator('[data-testid="chat-heard-event"][data-service="dance"]').click()
    await expect(page.getByTestId('chat-rule-service-is-known')).toHaveAttribute('data-kept', 'false')
    await expect(page.getByTestId('chat-rule-codec')).toHaveAttribute('data-kept', 'true')
    // Of another program nothing stands there.
    const sender = page.getByTestId('chat-programs-sender')
    const bot = sender.locator('option').filter({ hasText: /^bot-/ })
    await sender.selectOption((await bot.first().getAttribute('value')) ?? '')
    await expect(page.getByTestId('chat-heard-details')).toHaveCount(0)
    await sender.selectOption('others')
    await expect(page.getByTestId('chat-heard-details')).toBeVisible()
    found.push(...(await seriousIn(page, 'programs, dark')))
    // What is looked at in the list is no part of the report.
    await page.getByTestId('chat-programs-broken').press('Space')
    await expect(page.getByTestId('chat-programs-count')).toHaveAttribute('data-count', '1')
    await saveInto(lab, lab.home)
    await page.getByTestId('chat-programs-save').click()
    const report = await savedFile(lab, lab.home, 1)
    expect(report.path).toMatch(/relatorio-de-conformidade\.md$/)
    const text = report.bytes.toString('utf8')
    expect(text).toContain(
      '- Mensagens de: todos, menos os robôs deste laboratório.\n- Mensagens: 2; com regra quebrada: 1.',
    )
    expect(text).toContain('- Clientes e robôs pedem aqui (REQ): `tcp://127.0.0.1:')
    expect(text).toMatch(/· dance · zeca \(.+\)\n\nao intermediário · disciplina · JSON\n/)
    expect(text).toContain('O protocolo não tem esse serviço.')
  })

  await test.step('the set-up says what the profile promises, and a server’s files can be taken along', async () => {
    await lab.call('settings.set', { theme: 'light' })
    await page.getByTestId('chat-part-settings').click()
    await expect(page.getByTestId('chat-profile-words-leader')).toContainText('maioria')
    found.push(...(await seriousIn(page, 'settings, light')))
    await page.getByTestId('chat-export-node').selectOption('chat-server-1')
    await page.getByTestId('chat-export').click()
    await expect(page.getByTestId('chat-export-file').first()).toBeVisible()
  })

  await test.step('a reload shows the same user, and signing out asks who speaks', async () => {
    await bia.page.reload()
    await expect(bia.row('second')).toHaveCount(1)
    await expect(bia.page.getByTestId('chat-talk')).toHaveAttribute('data-user', 'bia')
    // Her window is there: asking for it again brings it to the front, and makes no second one.
    const route = new URL(bia.page.url()).hash.slice(1)
    expect((await lab.call('windows.open', { route })).ok).toBe(true)
    expect(lab.app.windows()).toHaveLength(2)
    await bia.page.getByTestId('chat-account').click()
    await bia.page.getByTestId('chat-sign-out').click()
    await expect(bia.page.getByTestId('chat-enter')).toBeVisible()
    found.push(...(await seriousIn(bia.page, 'enter, light')))
  })
  expect(found).toEqual([])
  expect(lab.complaints).toEqual([])
})
