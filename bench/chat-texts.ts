const words = ['abelha', 'colmeia', 'mensagem', 'quorum', 'relógio', 'réplica', 'termo', 'voto'] as const
const textChars = 100

/** No two are alike, and every word of them can be searched for. */
export function textOf(round: number, number: number): string {
  const word = words[number % words.length] ?? ''
  return `r${round}n${number} ${word} `.padEnd(textChars, `${word} `)
}
