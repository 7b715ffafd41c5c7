import type { Always } from '../../subject.ts'
import type { ElectionWords } from '../../subjects/election-words.ts'

/** Among peers that all keep the rules, nobody ever has reason to complain. */
export const noAnomaly: Always<ElectionWords> = {
  name: 'no anomaly among right peers',
  start() {
    return ({ anomalies }) => {
      const [first] = anomalies
      return first === undefined ? null : `${first.node}: ${first.detail}`
    }
  },
}
