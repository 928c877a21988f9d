/** Asks a question for an element whenever its arguments change; one at a time, the newest wins, the last answer stands meanwhile. */
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { Text } from '../../kpi/text.ts'
import { AskError, KeptAnswer } from './ask.ts'

/** How long to wait before a failed question is asked again, milliseconds: doubled each time up to the last. */
const FIRST_WAIT = 500
const LONGEST_WAIT = 8000

export class AskController<A, T> implements ReactiveController {
  answer: T | null = null
  /** Why the newest question has no answer yet: beside an answer, that is of before, and it is asked again. */
  error: Text | null = null

  #host: ReactiveControllerHost
  #question: (about: A, signal: AbortSignal) => Promise<T>
  #wanted: { readonly about: A; readonly subject: string; readonly version: string } | null = null
  #asked = ''
  #running: AbortController | null = null
  #retry: ReturnType<typeof setTimeout> | undefined
  #wait = FIRST_WAIT

  constructor(host: ReactiveControllerHost, question: (about: A, signal: AbortSignal) => Promise<T>) {
    this.#host = host
    this.#question = question
    host.addController(this)
  }

  /**
   * Wants the answer about `about`. Another `subject` aborts what runs and forgets the answer; another `version` of the
   * same subject asks again once what runs is done, so that quick news can never starve the line. `now` false: it is not
   * asked yet, and the answer to another subject is forgotten all the same.
   */
  want(about: A, subject: string, version = '', now = true): void {
    if (this.#wanted?.subject !== subject) {
      this.#running?.abort()
      this.#running = null
      this.answer = null
      this.error = null
      this.#asked = ''
    }
    this.#wanted = { about, subject, version }
    if (now) this.#next()
  }

  /** The answer about `subject`, if that is what was wanted last. */
  about(subject: string): T | null {
    return this.#wanted?.subject === subject ? this.answer : null
  }

  hostDisconnected(): void {
    this.#running?.abort()
    this.#running = null
    this.#asked = ''
    clearTimeout(this.#retry)
  }

  #next(): void {
    const wanted = this.#wanted
    if (!wanted || this.#running || this.#asked === key(wanted)) return
    clearTimeout(this.#retry)
    this.#asked = key(wanted)
    const running = new AbortController()
    this.#running = running
    this.#question(wanted.about, running.signal).then(
      (answer) => this.#done(running, () => this.#take(answer)),
      (error: unknown) => this.#done(running, () => this.#fail(error)),
    )
  }

  #done(running: AbortController, settle: () => void): void {
    if (this.#running !== running) return
    this.#running = null
    settle()
    this.#host.requestUpdate()
    this.#next()
  }

  #take(answer: T): void {
    this.answer = answer
    this.error = null
    this.#wait = FIRST_WAIT
  }

  #fail(error: unknown): void {
    const said = error instanceof Error ? error.message : String(error)
    if (error instanceof KeptAnswer) this.answer = error.answer as T
    this.error = error instanceof AskError ? error.text : { vi: said, en: said }
    this.#retry = setTimeout(() => {
      this.#asked = ''
      this.#next()
    }, this.#wait)
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT)
  }
}

const key = (wanted: { readonly subject: string; readonly version: string }) => `${wanted.subject} ${wanted.version}`
