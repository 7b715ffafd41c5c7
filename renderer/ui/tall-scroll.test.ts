import { describe, expect, it } from 'vitest'
import { fieldOf, fieldPxMax, type Place, placeAfter, placeAt, type Tall } from './tall-scroll.ts'

const rowPx = 46
const rows = 1_000_000
const million: Tall = { listPx: rows * rowPx, viewPx: 520 }
const short: Tall = { listPx: 300 * rowPx, viewPx: 520 }
const fieldTop = ({ topPx, shiftPx }: Place): number => topPx - shiftPx

describe('a list that fits', () => {
  it('is scrolled as it is', () => {
    expect(fieldOf(short)).toBe(short.listPx)
    let place = placeAt(short, 0)
    for (const top of [3, 5_000, 12_345, 46, 0]) {
      place = placeAfter(short, place, top)
      expect(place).toEqual({ topPx: top, shiftPx: 0 })
    }
  })
})

describe('a list of a million rows', () => {
  it.each([
    [rows, 520],
    [rows + 1, 474],
    [173_914, 1_400],
    [175_000, 333],
    [1_739_131, 61],
  ])('is drawn in a field that every browser can draw, and so is every row: %i rows, %i high', (count, viewPx) => {
    const tall = { listPx: count * rowPx, viewPx }
    expect(fieldOf(tall)).toBe(fieldPxMax)
    let [highest, lowest] = [0, 0]
    for (let row = 0; row <= count; row += 17) {
      const top = fieldTop(placeAt(tall, row * rowPx))
      highest = Math.max(highest, top)
      lowest = Math.min(lowest, top)
    }
    expect(lowest).toBe(0)
    expect(highest).toBeLessThanOrEqual(fieldPxMax - viewPx)
    expect(fieldTop(placeAt(tall, tall.listPx))).toBe(fieldPxMax - viewPx)
  })

  it('has its first row at one end of the field and its last at the other, from wherever one comes', () => {
    for (const before of [placeAt(million, 0), placeAt(million, 23_000_000), placeAt(million, million.listPx)]) {
      expect(placeAfter(million, before, 0).topPx).toBe(0)
      const end = placeAfter(million, before, fieldPxMax - million.viewPx)
      expect(end.topPx + million.viewPx).toBe(million.listPx)
      expect(fieldTop(end)).toBe(fieldPxMax - million.viewPx)
    }
  })

  it('moves by the pixel while one scrolls by less than a window, over every seam, in both directions', () => {
    for (const step of [100, -100]) {
      let place = placeAt(million, step > 0 ? 70_000 : 330_000)
      for (let count = 0; count < 2_600; count += 1) {
        const next = placeAfter(million, place, fieldTop(place) + step)
        expect(next.topPx - place.topPx).toBe(step)
        place = next
      }
    }
  })

  it('is crossed step by step from the first row to the last, and none is left out', () => {
    let place = placeAt(million, 0)
    let widest = 0
    while (place.topPx + million.viewPx < million.listPx) {
      const next = placeAfter(million, place, fieldTop(place) + million.viewPx)
      widest = Math.max(widest, next.topPx - place.topPx)
      place = next
    }
    expect(widest).toBe(million.viewPx)
    expect(Math.ceil((place.topPx + million.viewPx) / rowPx)).toBe(rows)
  })

  it('comes near the same share of the list when the bar is dragged, and leaves the bar where it is', () => {
    for (const share of [0.01, 0.25, 0.5, 0.9, 0.999]) {
      const dragged = share * (fieldPxMax - million.viewPx)
      const place = placeAfter(million, placeAt(million, 0), dragged)
      expect(Math.abs(place.topPx / million.listPx - share)).toBeLessThan(0.003)
      expect(Math.abs(fieldTop(place) - dragged)).toBeLessThan(1)
    }
  })
})
