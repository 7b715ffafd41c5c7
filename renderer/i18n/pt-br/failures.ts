import type { en } from '../en/index.ts'
import type { Words } from '../words.ts'

export const failures: Words<typeof en.failures> = {
  'not-leader': { title: 'Este nó não lidera no momento.', hint: 'Peça ao nó que lidera ou espere a eleição acabar.' },
  'timed-out': {
    title: 'Não houve resposta a tempo.',
    hint: 'Pode ter acontecido mesmo assim. Olhe antes de tentar de novo.',
  },
  busy: { title: 'Já há coisa demais esperando.', hint: 'Nada foi feito. Tente de novo daqui a pouco.' },
  'not-ready': {
    title: 'Ainda não está pronto.',
    hint: 'Está sendo feito ou atualizado. Tente de novo daqui a pouco.',
  },
  'not-found': { title: 'Não há nada com este nome ou número.', hint: 'Olhe a lista e peça de novo.' },
  'answer-forgotten': {
    title: 'Este comando é antigo demais: a resposta dele já não está guardada.',
    hint: 'Ele não foi executado agora; ele, ou um posterior, já foi antes. Veja como as coisas estão antes de continuar.',
  },
  'session-expired': {
    title: 'A sessão acabou: ficou calada por tempo demais, ou outras mais novas tomaram o lugar dela.',
    hint: 'Nada foi executado agora. Abra outra sessão e veja antes o que houve com o último comando.',
  },
  'too-large': { title: 'Isso é mais do que cabe de uma vez.', hint: 'Envie menos por vez.' },
  'node-down': { title: 'O nó não está em execução.', hint: 'Inicie-o e tente de novo.' },
  'worker-crashed': {
    title: 'O processo do nó acabou no meio disto.',
    hint: 'Ele volta sozinho. Veja no diário dele o que houve.',
  },
  'unknown-role': {
    title: 'Esta versão não sabe o que o nó deveria ser.',
    hint: 'O laboratório pode ser de outra versão. Atualize o programa ou zere o laboratório.',
  },
  'worker-not-ready': {
    title: 'Um processo foi iniciado, mas não avisou que está pronto.',
    hint: 'A máquina pode estar sobrecarregada. Inicie o nó de novo.',
  },
  'worker-protocol': {
    title: 'Um processo fala outra versão que este programa.',
    hint: 'Monte ou instale o programa de novo, inteiro.',
  },
  'port-taken': {
    title: 'Outro programa usa a porta de rede deste nó.',
    hint: 'Feche esse programa e inicie o nó, ou zere o laboratório para ter portas novas.',
  },
  'store-damaged': {
    title: 'O arquivo deste nó não contém o que foi escrito nele.',
    hint: 'Foi deixado como está. Guarde uma cópia se precisar e zere o laboratório.',
  },
  'store-newer': {
    title: 'O arquivo deste nó foi escrito por uma versão mais nova.',
    hint: 'Foi deixado como está. Abra-o com a versão mais nova.',
  },
  'no-permission': {
    title: 'O programa não pode ler ou escrever na sua pasta.',
    hint: 'Dê ao seu usuário acesso à pasta de dados que aparece nas configurações.',
  },
  'disk-full': {
    title: 'O disco não aceita mais nada.',
    hint: 'Nada foi alterado. Libere espaço ou encerre a falha de disco cheio.',
  },
  'lab-damaged': {
    title: 'A descrição deste laboratório não pode ser lida.',
    hint: 'Foi deixada como está. Conserte o arquivo lab.json ou zere o laboratório.',
  },
  'lab-in-use': { title: 'Outra Colmeia já usa este laboratório.', hint: 'Use aquela ou feche-a primeiro.' },
  'lab-not-running': {
    title: 'Nenhuma Colmeia está com este laboratório em execução.',
    hint: 'Inicie uma e tente de novo.',
  },
  'settings-damaged': {
    title: 'As configurações não puderam ser lidas.',
    hint: 'Foram postas de lado, e valem as de costume.',
  },
  'unknown-cluster': {
    title: 'O laboratório não tem cluster com este nome.',
    hint: 'Pode ter sido removido. Olhe a visão geral.',
  },
  'unknown-node': {
    title: 'O laboratório não tem nó com este nome.',
    hint: 'Pode ter sido removido. Olhe a visão geral.',
  },
  'unknown-fault': {
    title: 'Esta falha já não está ativa.',
    hint: 'Pode ter acabado sozinha. Não há nada a encerrar.',
  },
  'unknown-table': { title: 'O nó não tem tabela com este nome.', hint: 'Leia a lista de tabelas de novo.' },
  'does-not-apply': {
    title: 'Isto não faz sentido para o que foi escolhido.',
    hint: 'Um enlace precisa de dois nós diferentes, por exemplo. Escolha de novo.',
  },
  'bad-request': {
    title: 'O laboratório não entendeu o que foi pedido.',
    hint: 'Confira os números digitados; algum pode estar fora do limite.',
  },
  'unknown-call': {
    title: 'O laboratório não conhece este comando.',
    hint: 'A janela e o laboratório podem ser de versões diferentes. Reinicie o programa.',
  },
  'not-trusted': {
    title: 'O laboratório não aceita esta janela.',
    hint: 'Abra de novo o endereço que o laboratório mostrou ao iniciar.',
  },
  internal: {
    title: 'Algo deu errado dentro do programa.',
    hint: 'O laboratório continua. O diário do programa tem os detalhes.',
  },
}

export const problem: Words<typeof en.problem> = {
  at: '{{node}}: {{title}}',
  code: 'Código {{code}}',
  maybe: 'Ninguém sabe se aconteceu.',
  repeated: '{{times}} vezes',
}
