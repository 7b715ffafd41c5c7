import { describe, expect, it } from 'vitest'
import { Group, n2, n3 } from './testing/berkeley-group.ts'

describe('stories of Berkeley', () => {
  it('three clocks meet in the middle', () => {
    const group = new Group([1_000, 1_030, 940])
    group.ticks(15)
    expect(group.text()).toMatchInlineSnapshot(`
      "n1 -> n2 poll
      n1 -> n3 poll
      n2 -> n1 time 1050
      n3 -> n1 time 960
      n1: {"kind":"clocks-compared","takenPart":3,"outliers":[],"unheard":[]}
      n1: {"kind":"clock-corrected","byMs":-10,"errorMs":2,"isStep":false}
      n1 -> n2 adjust by -40, wrong by 12 at most
      n2: {"kind":"clock-corrected","byMs":-40,"errorMs":12,"isStep":false}
      n1 -> n3 adjust by 50, wrong by 12 at most
      n3: {"kind":"clock-corrected","byMs":50,"errorMs":12,"isStep":false}"
    `)
    group.ticks(60)
    const [first] = group.correctedMs()
    expect(group.correctedMs()).toEqual([first, first, first])
  })

  it('one that is far behind has no say, is told where to go, and steps there', () => {
    const group = new Group([60_000, 60_010, 0])
    group.ticks(4)
    expect(group.text()).toMatchInlineSnapshot(`
      "n1 -> n2 poll
      n1 -> n3 poll
      n2 -> n1 time 60030
      n3 -> n1 time 20
      n1: {"kind":"clocks-compared","takenPart":3,"outliers":["n3"],"unheard":[]}
      n1: {"kind":"clock-corrected","byMs":5,"errorMs":2,"isStep":false}
      n1 -> n2 adjust by -5, wrong by 12 at most
      n2: {"kind":"clock-corrected","byMs":-5,"errorMs":12,"isStep":false}
      n1 -> n3 adjust by 60005, wrong by 12 at most
      n3: {"kind":"clock-corrected","byMs":60005,"errorMs":12,"isStep":true}"
    `)
    const [first, second, third] = group.correctedMs()
    expect(Math.abs((first ?? 0) - (second ?? 0))).toBeLessThan(20)
    expect(Math.abs((first ?? 0) - (third ?? 0))).toBeLessThan(20)
  })

  it('one clock of three is put wrong and an answer is lost: nobody follows the wrong one meanwhile', () => {
    const group = new Group([1_000, 1_000, 6_000])
    group.lose(n2)
    group.ticks(9)
    group.lose(null)
    group.ticks(8)
    expect(group.text()).toMatchInlineSnapshot(`
      "n1 -> n2 poll
      n1 -> n3 poll
      n2 -> n1 time 1020 (lost)
      n3 -> n1 time 6020
      n1: {"kind":"clocks-compared","takenPart":2,"outliers":["n1"],"unheard":["n2"]}
      n1 -> n2 poll
      n1 -> n3 poll
      n2 -> n1 time 1110
      n3 -> n1 time 6110
      n1: {"kind":"clocks-compared","takenPart":3,"outliers":["n3"],"unheard":[]}
      n1: {"kind":"clock-corrected","byMs":0,"errorMs":2,"isStep":false}
      n1 -> n2 adjust by 0, wrong by 12 at most
      n2: {"kind":"clock-corrected","byMs":0,"errorMs":12,"isStep":false}
      n1 -> n3 adjust by -5000, wrong by 12 at most
      n3: {"kind":"clock-corrected","byMs":-5000,"errorMs":12,"isStep":false}"
    `)
  })

  it('an answer that is lost keeps nobody else waiting for ever', () => {
    const group = new Group([1_000, 1_040, 1_010])
    group.lose(n3)
    group.ticks(10)
    expect(group.text()).toMatchInlineSnapshot(`
      "n1 -> n2 poll
      n1 -> n3 poll
      n2 -> n1 time 1060
      n3 -> n1 time 1030 (lost)
      n1: {"kind":"clocks-compared","takenPart":2,"outliers":[],"unheard":["n3"]}
      n1: {"kind":"clock-corrected","byMs":20,"errorMs":2,"isStep":false}
      n1 -> n2 adjust by -20, wrong by 12 at most
      n2: {"kind":"clock-corrected","byMs":-20,"errorMs":12,"isStep":false}"
    `)
  })
})
