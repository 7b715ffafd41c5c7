import type { Language } from '#contract/window/settings'
import type { FailureCode } from '#kit/failures'

export interface RefusalWords {
  readonly title: string
  readonly advice: string
}

type Known = 'lab-in-use' | 'no-permission' | 'disk-full'

const english: Readonly<Record<Known | 'other', RefusalWords>> = {
  'lab-in-use': {
    title: 'This lab is already in use.',
    advice: 'Another Colmeia, maybe one without a window, runs it. Stop that one and open this again.',
  },
  'no-permission': {
    title: 'The data folder cannot be written.',
    advice: 'Check the rights of the folder, or name another one in COLMEIA_HOME.',
  },
  'disk-full': { title: 'The disk is full.', advice: 'Make some room and open Colmeia again.' },
  other: { title: 'The lab cannot be opened.', advice: 'The log in the data folder says more.' },
}

const portuguese: Readonly<Record<Known | 'other', RefusalWords>> = {
  'lab-in-use': {
    title: 'Este laboratório já está em uso.',
    advice: 'Outro Colmeia, talvez sem janela, o está executando. Encerre-o e abra este de novo.',
  },
  'no-permission': {
    title: 'Não é possível gravar na pasta de dados.',
    advice: 'Verifique os direitos da pasta ou indique outra em COLMEIA_HOME.',
  },
  'disk-full': { title: 'O disco está cheio.', advice: 'Libere espaço e abra o Colmeia de novo.' },
  other: { title: 'Não é possível abrir o laboratório.', advice: 'O registro na pasta de dados diz mais.' },
}

/** For the one moment when there is no page yet to say it. */
export function refusalWords(language: Language, code: FailureCode): RefusalWords {
  const words = language === 'pt-BR' ? portuguese : english
  const isKnown = code === 'lab-in-use' || code === 'no-permission' || code === 'disk-full'
  return words[isKnown ? code : 'other']
}
