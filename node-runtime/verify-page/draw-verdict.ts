import type { CheckStep, CheckVerdict } from '#cores/notary/receipt/verdict'
import { element } from './element.ts'
import type { Language, Words } from './words.ts'

export type Tone = 'good' | 'warn' | 'bad' | 'quiet'

/** A shape beside each colour, for eyes that do not tell colours apart. */
const signOf: Readonly<Record<CheckStep['outcome'], string>> = { right: '✓', wrong: '✗', 'not-made': '–' }
const signOfTone: Readonly<Record<Tone, string>> = { good: '✓', warn: '!', bad: '✗', quiet: '·' }

export function drawSentence(sentence: string, tone: Tone, second: string | null = null): HTMLElement {
  return element(
    'div',
    { class: `sentence ${tone}` },
    element('span', { class: 'sign', 'aria-hidden': 'true' }, signOfTone[tone]),
    element('div', {}, element('p', { class: 'first' }, sentence), second !== null && element('p', {}, second)),
  )
}

/** One sentence, then the proof step by step. */
export function drawVerdict(verdict: CheckVerdict, words: Words, language: Language): DocumentFragment {
  const { kind, steps } = verdict
  const ofDocument = steps.find(({ check }) => check === 'document')?.outcome ?? null
  const isReceiptAlone = kind === 'proven' && ofDocument === 'not-made'
  const sentence = isReceiptAlone ? words.provenReceipt : words.verdict[kind]
  const second = kind === 'unknown-keys' && ofDocument !== null ? words.document[ofDocument] : null
  const made = document.createDocumentFragment()
  made.append(drawSentence(sentence, toneOf(kind, isReceiptAlone), second))
  if (kind === 'unknown-keys') made.append(element('p', { class: 'hint' }, words.approveHint))
  if (verdict.facts !== null) made.append(drawFacts(verdict, words, language))
  if (steps.length > 0) made.append(drawSteps(steps, words))
  if (verdict.log !== null || verdict.witnesses.length > 0) made.append(drawSigners(verdict, words))
  return made
}

function toneOf(kind: CheckVerdict['kind'], isReceiptAlone: boolean): Tone {
  if (kind === 'proven') return isReceiptAlone ? 'warn' : 'good'
  return kind === 'unknown-keys' || kind === 'too-few-witnesses' ? 'warn' : 'bad'
}

function drawFacts({ kind, facts, origin, size }: CheckVerdict, words: Words, language: Language): HTMLElement {
  const list = element('dl')
  const row = (name: keyof Words['facts'], ...values: readonly (Node | string)[]): void =>
    list.append(element('dt', {}, words.facts[name]), element('dd', {}, ...values))
  if (facts === null) return list
  const bound = facts.errorMs === null ? words.noBound : words.bound(facts.errorMs)
  row('title', facts.title === '' ? words.none : facts.title)
  row('registrant', facts.registrant === '' ? words.none : facts.registrant)
  row('sha256', element('code', {}, facts.sha256))
  row('time', timeOf(facts.atMs, language), element('small', {}, bound))
  row('index', String(facts.index))
  row('leader', words.led(facts.leader, facts.term))
  if (origin !== null && size !== null) row('log', words.ofLog(origin, size))
  return section(kind === 'proven' ? words.proven : words.claimed, list)
}

/** As this machine's calendar has it, and in UTC. */
function timeOf(atMs: number, language: Language): string {
  const at = new Date(atMs)
  if (Number.isNaN(at.getTime())) return String(atMs)
  return `${at.toLocaleString(language, { dateStyle: 'long', timeStyle: 'medium' })} (${at.toISOString()})`
}

function drawSteps(steps: readonly CheckStep[], words: Words): HTMLElement {
  const list = element('ol', { class: 'steps' })
  for (const { check, outcome, values } of steps) {
    const { title, text } = words.step[check]
    list.append(
      element(
        'li',
        { 'data-check': check, 'data-outcome': outcome },
        element('span', { class: 'sign', 'aria-hidden': 'true' }, signOf[outcome]),
        element(
          'div',
          {},
          element('h3', {}, title, element('span', { class: 'outcome' }, words.outcome[outcome])),
          element('p', {}, text),
          values.length > 0 && drawValues({ check, outcome, values }, words),
        ),
      ),
    )
  }
  return section(words.steps, list)
}

function drawValues({ check, outcome, values }: CheckStep, words: Words): HTMLElement {
  // Without a document there is only what the receipt says of one.
  const labels = check === 'document' && outcome === 'not-made' ? words.values.document.slice(1) : words.values[check]
  const list = element('dl', { class: 'values' })
  values.forEach((value, index) => {
    list.append(element('dt', {}, labels[index] ?? labels.at(-1) ?? ''), element('dd', {}, element('code', {}, value)))
  })
  return element('details', {}, element('summary', {}, words.show), list)
}

function drawSigners({ log, witnesses, steps }: CheckVerdict, words: Words): HTMLElement {
  const isLogApproved = steps.some(({ check, outcome }) => check === 'log-signature' && outcome === 'right')
  const list = element('ul', { class: 'signers' })
  const line = (what: string, { name, fingerprint }: { name: string; fingerprint: string }, isApproved: boolean) =>
    list.append(
      element(
        'li',
        {},
        element('span', { class: 'what' }, what),
        element('span', { class: 'name' }, name, element('code', {}, fingerprint)),
        element('span', { class: isApproved ? 'good' : 'warn' }, isApproved ? words.approved : words.notApproved),
      ),
    )
  if (log !== null) line(words.log, log, isLogApproved)
  for (const witness of witnesses) line(words.witness, witness, witness.isApproved)
  return section(words.signers, list, element('p', { class: 'hint' }, words.oneOwner))
}

function section(title: string, ...children: readonly Node[]): HTMLElement {
  return element('section', {}, element('h2', {}, title), ...children)
}
