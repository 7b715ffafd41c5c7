import { toHex } from '#kit/hex'
import { drawSentence, drawVerdict } from './draw-verdict.ts'
import { button, element } from './element.ts'
import { hashFile } from './hash-file.ts'
import {
  documentOfText,
  fingerprintOf,
  type Held,
  type HeldDocument,
  judge,
  nothingHeld,
  policyOfText,
  receiptOfText,
} from './held.ts'
import { drawMark } from './mark.ts'
import { recognise } from './read-file.ts'
import { makeSlot, type Slot, type SlotState } from './slot.ts'
import type { Language, Words } from './words.ts'
import { english } from './words-en.ts'
import { portuguese } from './words-pt-br.ts'

type SlotName = keyof Held
const wordsOf: Readonly<Record<Language, Words>> = { en: english, 'pt-BR': portuguese }

class Page {
  #held: Held = nothingHeld
  #language: Language = navigator.language.toLowerCase().startsWith('pt') ? 'pt-BR' : 'en'
  #slots: Readonly<Record<SlotName, Slot>> | null = null
  readonly #answer = element('div', { class: 'answer', role: 'status', 'data-testid': 'answer' })
  /** The document that is being read; another one, or none, puts an end to it. */
  #reading = 0

  get #words(): Words {
    return wordsOf[this.#language]
  }

  start(): void {
    document.body.addEventListener('dragover', (event) => {
      event.preventDefault()
      document.body.classList.add('over')
    })
    document.body.addEventListener('dragleave', () => document.body.classList.remove('over'))
    document.body.addEventListener('drop', (event) => {
      event.preventDefault()
      document.body.classList.remove('over')
      for (const file of event.dataTransfer?.files ?? []) this.#sort(file)
    })
    this.#draw()
  }

  /** Anew in the other language; what is held stays. */
  #draw(): void {
    const words = this.#words
    document.documentElement.lang = this.#language
    document.title = `Colmeia: ${words.title}`
    const slots = {
      document: this.#slot('document', (text) => this.#setDocument(documentOfText(text))),
      receipt: this.#slot('receipt', (text) => this.#set({ receipt: receiptOfText('…', text) })),
      policy: this.#slot('policy', (text) => this.#set({ policy: policyOfText('…', text) })),
    }
    this.#slots = slots
    const other = button(words.otherLanguage, () => {
      this.#language = this.#language === 'en' ? 'pt-BR' : 'en'
      this.#draw()
    })
    other.lang = this.#language === 'en' ? 'pt-BR' : 'en'
    const cards = Object.values(slots).map(({ card }) => card)
    document.body.replaceChildren(
      element('header', {}, drawMark(), element('h1', {}, words.title), other),
      element(
        'main',
        {},
        element('p', { class: 'lead' }, words.lead),
        element('div', { class: 'slots' }, ...cards),
        this.#answer,
      ),
      element('footer', {}, words.foot),
    )
    this.#show()
  }

  #slot(name: SlotName, onText: (text: string) => void): Slot {
    return makeSlot(
      name,
      { ...this.#words, slot: this.#words.slots[name] },
      {
        onFile: (file) => this.#take(name, file),
        onText,
        onRemove: () => {
          this.#slots?.[name].clearText()
          if (name === 'document') this.#setDocument({ kind: 'none' })
          else this.#set({ [name]: null })
        },
      },
    )
  }

  /** Dropped anywhere: what it is decides where it goes. */
  #sort(file: File): void {
    recognise(file).then(
      (found) => {
        if (found.kind === 'receipt') return this.#take('receipt', file)
        const isPolicy = found.kind === 'text' && (policyOfText(file.name, found.text)?.policy ?? null) !== null
        this.#take(isPolicy ? 'policy' : 'document', file)
      },
      () => this.#take('document', file),
    )
  }

  #take(name: SlotName, file: File): void {
    this.#slots?.[name].clearText()
    if (name === 'document') return this.#hash(file)
    recognise(file).then(
      (found) => {
        const text = found.kind === 'other' ? '' : found.text
        if (name === 'receipt') this.#set({ receipt: { name: file.name, text } })
        else this.#set({ policy: policyOfText(file.name, text) ?? { name: file.name, policy: null } })
      },
      () => this.#set(name === 'receipt' ? { receipt: { name: file.name, text: '' } } : { policy: null }),
    )
  }

  #hash(file: File): void {
    const { name } = file
    this.#setDocument({ kind: 'hashing', name, share: 0 })
    const reading = this.#reading
    const isWanted = (): boolean => reading === this.#reading
    const onShare = (share: number): void => this.#set({ document: { kind: 'hashing', name, share } })
    hashFile(file, { onShare, isWanted }).then(
      (sha256) => {
        if (sha256 !== null && isWanted()) this.#set({ document: { kind: 'hashed', name, sha256 } })
      },
      () => {
        if (isWanted()) this.#set({ document: { kind: 'unreadable', name } })
      },
    )
  }

  #setDocument(held: HeldDocument): void {
    this.#reading += 1
    this.#set({ document: held })
  }

  #set(change: Partial<Held>): void {
    this.#held = { ...this.#held, ...change }
    this.#show()
  }

  #show(): void {
    const words = this.#words
    this.#slots?.document.show(documentState(this.#held, words))
    this.#slots?.receipt.show(receiptState(this.#held, words))
    this.#slots?.policy.show(policyState(this.#held, words))
    const verdict = judge(this.#held)
    const { kind } = this.#held.document
    const waiting = kind === 'hashing' ? words.hashing : kind === 'hashed' ? words.onlyDocument : words.nothingYet
    this.#answer.dataset.kind = verdict?.kind ?? 'none'
    this.#answer.replaceChildren(
      verdict === null ? drawSentence(waiting, 'quiet') : drawVerdict(verdict, words, this.#language),
    )
  }
}

function documentState({ document: held }: Held, words: Words): SlotState {
  switch (held.kind) {
    case 'none':
      return { kind: 'empty' }
    case 'hashed':
      return { kind: 'held', name: held.name, detail: toHex(held.sha256) }
    case 'unreadable':
      return { kind: 'refused', name: held.name, why: words.unreadable }
    default:
      return held
  }
}

function receiptState({ receipt }: Held, words: Words): SlotState {
  if (receipt === null) return { kind: 'empty' }
  const { name, text } = receipt
  return text === '' ? { kind: 'refused', name, why: words.noReceipt } : { kind: 'held', name, detail: '' }
}

function policyState({ policy: held }: Held, words: Words): SlotState {
  if (held === null) return { kind: 'empty' }
  const { name, policy } = held
  if (policy === null) return { kind: 'refused', name, why: words.noPolicy }
  return { kind: 'held', name, detail: words.policyHeld(fingerprintOf(policy)) }
}

new Page().start()
