const words = ['abelha', 'colmeia', 'mensagem', 'quorum', 'relógio', 'réplica', 'termo', 'voto'] as const
const textChars = 100

/** Texts of one round, by their numbers. */
export interface TextRange {
  readonly from: number
  readonly count: number
}

/** Said before anything is measured: a load that has just begun compiles itself, and takes the processors for it. */
export const loadWarmUp = 3_000

/** No two are alike, and every word of them can be searched for. */
export function textOf(round: number, number: number): string {
  const word = words[number % words.length] ?? ''
  return `r${round}n${number} ${word} `.padEnd(textChars, `${word} `)
}
