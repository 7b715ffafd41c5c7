import { describe, expect, it } from 'vitest'
import { searchDay } from './search-day.ts'
import { readTyped } from './typed.ts'

describe('what is typed into the chat', () => {
  it.each([
    ['listar_canais', { kind: 'channels' }],
    ['list_channels', { kind: 'channels' }],
    ['Listar_Usuários', { kind: 'people' }],
    ['sync_time', { kind: 'sync-time' }],
    ['  SAIR ', { kind: 'quit' }],
    ['inscrever #general', { kind: 'subscribe', channel: 'general' }],
    ['subscribe general', { kind: 'subscribe', channel: 'general' }],
    ['publicar general  oi,  gente ', { kind: 'publish', channel: 'general', text: 'oi,  gente' }],
    ['mensagem @ana só nós', { kind: 'message', user: 'ana', text: 'só nós' }],
    ['histórico @ana', { kind: 'history', place: '@ana', count: 20 }],
    ['history general 9999', { kind: 'history', place: 'general', count: 200 }],
    ['buscar bolo from:ana', { kind: 'search', text: 'bolo from:ana' }],
    ['responder 3 sim', { kind: 'reply', row: 3, text: 'sim' }],
    ['react 3 👍', { kind: 'react', row: 3, emoji: '👍', isOn: true }],
    ['apagar 3', { kind: 'delete', row: 3 }],
    ['', { kind: 'nothing' }],
    ['publicar general', { kind: 'incomplete', word: 'publicar' }],
    ['apagar tudo', { kind: 'incomplete', word: 'apagar' }],
    ['history general 0', { kind: 'incomplete', word: 'history' }],
    ['dançar', { kind: 'unknown', word: 'dançar' }],
  ])('%j is %j', (line, typed) => {
    expect(readTyped(line)).toEqual(typed)
  })
})

describe('the day of a search', () => {
  it('begins where whoever asks is', () => {
    expect(searchDay('bolo BEFORE:2026-05-01')).toBe(new Date(2026, 4, 1).getTime())
    expect(searchDay('before:2026-05-01 before:2026-06-01 x')).toBe(new Date(2026, 5, 1).getTime())
    for (const text of ['bolo', 'before:2026-02-29', 'before:2026-13-01', 'xbefore:2026-05-01']) {
      expect(searchDay(text)).toBe(null)
    }
  })
})
