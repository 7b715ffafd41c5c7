import { describe, expect, it } from 'vitest'
import { searchDay } from './search-day.ts'
import { lineOf, readTyped } from './typed.ts'

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
    ['publicar "a_b c" oi, "gente"', { kind: 'publish', channel: 'a_b c', text: 'oi, "gente"' }],
    ['create_channel "a b"', { kind: 'create', channel: 'a b', isPrivate: false }],
    ['create_channel a b', { kind: 'create', channel: 'a b', isPrivate: false }],
    ['convidar #"a b" @"c d"', { kind: 'invite', channel: 'a b', user: 'c d' }],
    ['history @"a b" 3', { kind: 'history', place: '@a b', count: 3 }],
    ['buscar "a b"', { kind: 'search', text: '"a b"' }],
    ['apagar', { kind: 'incomplete', word: 'apagar' }],
    ['apagar tudo', { kind: 'no-number', word: 'tudo' }],
    ['reply abc x', { kind: 'no-number', word: 'abc' }],
    ['history general 0', { kind: 'no-number', word: '0' }],
    ['history @', { kind: 'incomplete', word: 'history' }],
    ['mensagem @ oi', { kind: 'incomplete', word: 'mensagem' }],
    ['invite general @', { kind: 'incomplete', word: 'invite' }],
    ['inscrever #', { kind: 'incomplete', word: 'inscrever' }],
    ['dançar', { kind: 'unknown', word: 'dançar' }],
  ])('%j is %j', (line, typed) => {
    expect(readTyped(line)).toEqual(typed)
  })

  it.each([
    ['publicar', 'general ', 10_001],
    ['inscrever', '', 65],
    ['reagir', '3 ', 17],
    ['buscar', '', 501],
  ])('%s takes no more than the desk', (word, before, chars) => {
    expect(readTyped(`${word} ${before}${'x'.repeat(chars)}`)).toEqual({ kind: 'too-long', word })
    expect(readTyped(`${word} ${before}${'x'.repeat(chars - 1)}`).kind).not.toBe('too-long')
  })
})

describe('what a shell has taken apart', () => {
  it.each([
    [['publish', 'a b', 'oi', 'gente'], 'publish "a b" oi gente'],
    [['history', '@a b', '3'], 'history @"a b" 3'],
    [['publish', 'general', 'oi, gente'], 'publish general oi, gente'],
    [['search', 'a b', 'from:ana'], 'search a b from:ana'],
    [['subscribe', 'a b'], 'subscribe a b'],
    [['status'], 'status'],
  ])('%j is %j', (words, line) => {
    expect(lineOf(words)).toBe(line)
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
