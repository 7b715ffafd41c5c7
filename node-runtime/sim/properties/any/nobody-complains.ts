import type { Always, Words } from '../../subject.ts'

/** Among nodes that all keep the rules, nobody ever has reason to complain, and every message is one. */
export const nobodyComplains: Always<Words> = {
  name: 'no anomaly among right peers',
  start() {
    return ({ anomalies }) => {
      const [first] = anomalies
      return first === undefined ? null : `${first.node}: ${first.detail}`
    }
  },
}
