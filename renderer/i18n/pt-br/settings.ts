import type { en } from '../en/index.ts'
import type { Words } from '../words.ts'

export const settings: Words<typeof en.settings> = {
  title: 'Configurações',
  look: 'Aparência e idioma',
  languageHint: 'Vale na hora, em todas as janelas.',
  themeHint: 'O claro e o escuro foram desenhados cada um por si; nenhum é o outro invertido.',
  showsMessages: 'Desenhar as mensagens como pontos em movimento',
  showsMessagesHint:
    'Só enquanto forem poucas o bastante para ser verdade. Se o seu sistema pede menos movimento, nunca são desenhadas.',
  start: 'Início',
  startsDemo: 'Iniciar a demonstração quando o programa abrir',
  startsDemoHint: 'Os clusters iniciam sozinhos, alguns nós de cada vez, assim que a janela puder ser usada.',
  about: 'Esta instalação',
  lab: 'Laboratório',
  dataDir: 'Pasta de dados',
  copy: 'Copiar o caminho',
  copied: 'Copiado',
  version: 'Versão',
  shell: 'Casca',
  shells: { electron: 'Janela no computador', headless: 'Página no navegador' },
  launcher: 'Os nós rodam como',
  launchers: { 'child-process': 'processos do Node', 'utility-process': 'processos utilitários do Electron' },
  versions: 'Funciona sobre',
  standIn:
    'Este é um substituto do Electron, para desenvolvimento e testes. É mais antigo que o oficial; os nós rodam no Node ao lado dele.',
  danger: 'Começar do zero',
  reset: 'Zerar o laboratório',
  resetText:
    'Para todos os nós e apaga o que eles escreveram: diários, votos e todos os dados deste laboratório. As configurações ficam. Não dá para desfazer.',
  resetAsk: 'Apagar todos os dados do laboratório {{lab}}?',
  resetConfirm: 'Apagar e começar do zero',
  resetDone: 'O laboratório foi zerado.',
}
