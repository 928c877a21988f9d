/** Cuts a statement into tokens, knowing literals, quoted names, comments and heredocs. */
import { syntax } from './fault.ts'

export interface Token {
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'sign'
  /** As written, quotes included. */
  readonly text: string
  readonly start: number
  readonly end: number
  /** How many brackets are open before it. */
  readonly depth: number
}

const SPACE = /[\s\u00a0\ufeff]+/y
const COMMENT = /--[^\n]*|#[!\s][^\n]*/y
const WORD = /[A-Za-z_][A-Za-z0-9_$]*/y
const NUMBER = /\d[\w.]*(?:(?<=[eE])[+-]\d+)?/y
const HEREDOC = /\$([A-Za-z0-9_]*)\$/y

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

/** Where a quoted piece that opens at `at` ends (after its closing quote). A backslash or a doubled quote escapes. */
function closing(text: string, at: number): number {
  const quote = text[at]
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === quote) {
      if (text[i + 1] !== quote) return i + 1
      i++
    }
  }
  throw syntax(`Unclosed ${quote} at position ${at + 1}`)
}

/** ClickHouse's block comments nest. */
function commentEnd(text: string, at: number): number {
  let open = 1
  for (let i = at + 2; i < text.length - 1; i++) {
    const pair = text.slice(i, i + 2)
    if (pair === '/*') {
      open++
      i++
    } else if (pair === '*/') {
      open--
      if (open === 0) return i + 2
      i++
    }
  }
  throw syntax(`Unclosed comment at position ${at + 1}`)
}

/**
 * The tokens of `text`, one at a time, so that a reader may stop where the data of an insert begins.
 * Errors: an unclosed quote, comment or heredoc is a syntax error (62).
 */
export function* tokens(text: string): Generator<Token, void> {
  let at = 0
  let depth = 0
  while (at < text.length) {
    const skipped = match(SPACE, text, at) ?? match(COMMENT, text, at)
    if (skipped !== undefined) {
      at += skipped.length
      continue
    }
    const char = text[at] ?? ''
    if (text.startsWith('/*', at)) {
      at = commentEnd(text, at)
      continue
    }
    const start = at
    let kind: Token['kind'] = 'sign'
    const heredoc = match(HEREDOC, text, at)
    const word = match(WORD, text, at)
    const number = match(NUMBER, text, at)
    if (char === "'") {
      kind = 'string'
      at = closing(text, at)
    } else if (char === '`' || char === '"') {
      kind = 'name'
      at = closing(text, at)
    } else if (heredoc !== undefined) {
      const end = text.indexOf(heredoc, at + heredoc.length)
      if (end < 0) throw syntax(`Unclosed heredoc at position ${at + 1}`)
      kind = 'string'
      at = end + heredoc.length
    } else if (word !== undefined) {
      kind = 'word'
      at += word.length
    } else if (number !== undefined) {
      kind = 'number'
      at += number.length
    } else {
      if (/[\u2018\u2019\u201c\u201d\0]/.test(char)) throw syntax(`Unexpected character at position ${at + 1}`)
      at += 1
    }
    if (kind === 'sign' && /[)\]}]/.test(char)) depth--
    yield { kind, text: text.slice(start, at), start, end: at, depth }
    if (kind === 'sign' && /[([{]/.test(char)) depth++
  }
}

/** Whether a token is this keyword, in any case. */
export const isWord = (token: Token | undefined, word: string) =>
  token?.kind === 'word' && token.text.toUpperCase() === word
