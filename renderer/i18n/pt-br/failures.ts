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
  'no-interface': {
    title: 'A rede que o anel deveria usar não está disponível.',
    hint: 'Conecte esta máquina a ela, ou escolha outra para o anel.',
  },
  'store-damaged': {
    title: 'O arquivo deste nó não contém o que foi escrito nele.',
    hint: 'Foi deixado como está, e só este nó está parado. Para recomeçar só com ele, tire da pasta dele (nodes/ e o nome dele, na pasta do laboratório) todos os arquivos cujo nome começa com node.sqlite e inicie-o. O que só ele guardava sai com eles.',
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
  'not-signed-in': {
    title: 'Você não está conectado à conta.',
    hint: 'Nome e senha não combinam, ou a sessão acabou. Entre de novo.',
  },
  'too-weak': {
    title: 'Essa senha é fácil demais de adivinhar.',
    hint: 'Escolha uma de oito caracteres ou mais, que não seja o seu nome.',
  },
  'name-taken': {
    title: 'Alguém ou algo já tem esse nome.',
    hint: 'Usuários e canais dividem os nomes. Escolha outro.',
  },
  'name-not-allowed': {
    title: 'Esse nome não pode ser usado.',
    hint: 'É vazio, longo demais, reservado ou tem caracteres que nomes não podem ter. Escolha outro.',
  },
  'protected-name': {
    title: 'Uma senha protege esse nome.',
    hint: 'Programas sem senha não podem usá-lo. Dê a eles outro nome.',
  },
  'unknown-user': {
    title: 'O chat não tem ninguém com esse nome.',
    hint: 'Olhe a lista de pessoas; maiúsculas e minúsculas contam.',
  },
  'unknown-channel': {
    title: 'O chat não tem esse canal.',
    hint: 'Pode ser privado, ou ter outro nome. Olhe a lista de canais.',
  },
  'not-a-member': {
    title: 'Só membros desta conversa podem fazer isso.',
    hint: 'Entre nela, ou peça a um membro que convide você.',
  },
  'not-yours': {
    title: 'Isto é de outra pessoa.',
    hint: 'Só quem o escreveu pode mudá-lo.',
  },
  locked: {
    title: 'Outra pessoa tem a trava disto.',
    hint: 'Peça a trava e tente de novo quando for sua.',
  },
  'too-many': {
    title: 'Já há tantos destes quantos pode haver.',
    hint: 'Tire um antes de acrescentar outro.',
  },
  'already-there': {
    title: 'Já existe algo com este nome.',
    hint: 'Foi deixado como está. Escolha outro nome.',
  },
  'not-saved': { title: 'O arquivo não pôde ser salvo ali.', hint: 'Verifique a pasta e o nome.' },
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
