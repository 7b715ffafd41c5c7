import type { MovementKind } from '#cores/shop/messages'
import type { OrdersAnswer } from '#cores/shop/order-messages'
import type { Sometimes } from '../../subject.ts'
import { isRacer } from '../../subjects/shop/racers.ts'
import type { ShopNote, ShopWords } from '../../subjects/shop/words.ts'

export const shopPlaces: readonly Sometimes<ShopWords>[] = [
  noted("a follower's tail was overwritten", (note) => note.kind === 'log-cut'),
  noted('a snapshot was installed', (note) => note.kind === 'snapshot-installed'),
  noted('of a command nobody knew', (note) => note.kind === 'unanswered' && note.code === 'timed-out'),
  noted('the disk of the orders failed', (note) => note.kind === 'disk-failed'),
  noted('a product was read', (note) => note.kind === 'read'),
  noted('a deed had been done before', (note) => note.kind === 'deed-told' && note.outcome.kind === 'done-before'),
  noted('an order was undone', (note) => note.kind === 'deed-told' && note.deed.kind === 'release'),
  noted(
    'a confirm was refused',
    (note) => note.kind === 'deed-told' && note.deed.kind === 'confirm' && note.outcome.kind === 'refused',
  ),
  noted(
    'the staff was refused',
    (note) => note.kind === 'deed-told' && note.deed.kind === 'stock' && note.outcome.kind === 'refused',
  ),
  answered('an order was placed', (answer) => answer.kind === 'placed' && !answer.isRepeat),
  answered('an order had been placed', (answer) => answer.kind === 'placed' && answer.isRepeat),
  answered('an order was running', (answer) => answer.kind === 'running'),
  answered('a key was used for something else', (answer) => answer.kind === 'key-reused'),
  answered('the catalogue was silent for too long', (answer) => answer.kind === 'unavailable'),
  answered('something was sold out', (answer) => answer.kind === 'refused' && answer.why === 'out-of-stock'),
  answered('a price had changed', (answer) => answer.kind === 'refused' && answer.why === 'price-changed'),
  noted(
    'somebody was refused the last one',
    (note) => note.kind === 'placed-or-not' && isRacer(note.placing) && note.answer.kind === 'refused',
  ),
  noted(
    'an attempt at the last one came to nothing',
    (note) => note.kind === 'placed-or-not' && isRacer(note.placing) && note.answer.kind === 'unavailable',
  ),
  noted('an order was cancelled', (note) => note.kind === 'moved-or-not' && isMovedTo(note.answer, 'cancelled')),
  noted('an order was picked up', (note) => note.kind === 'moved-or-not' && isMovedTo(note.answer, 'picked-up')),
  moved('a reservation was over', 'expired'),
  moved('a reservation was given up', 'released'),
  moved('something was given back', 'given-back'),
  noted(
    'something was sold after its reservation was over',
    (note) => note.kind === 'holds' && note.movements.some((it) => it.kind === 'sold' && it.reservedChange === 0),
  ),
  {
    name: 'a leader crashed',
    start: () => (moment) => moment.crashes.some(({ view }) => view?.role === 'leader'),
  },
  {
    name: 'the orders crashed',
    start: () => (moment) => moment.crashes.some(({ view }) => view?.role === 'orders'),
  },
]

function noted(name: string, isPlace: (note: ShopNote) => boolean): Sometimes<ShopWords> {
  return { name, start: () => (moment) => moment.notes.some(({ note }) => isPlace(note)) }
}

function answered(name: string, isPlace: (answer: OrdersAnswer) => boolean): Sometimes<ShopWords> {
  return noted(name, (note) => note.kind === 'placed-or-not' && isPlace(note.answer))
}

function moved(name: string, kind: MovementKind): Sometimes<ShopWords> {
  return noted(name, (note) => note.kind === 'holds' && note.movements.some((it) => it.kind === kind))
}

function isMovedTo(answer: OrdersAnswer, state: string): boolean {
  return answer.kind === 'moved' && answer.order.state === state
}
