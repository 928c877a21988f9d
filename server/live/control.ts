/** The link of paired screens: each is told what to show when it connects and whenever that changes, and that its key was taken away. */
import type { IncomingMessage } from 'node:http'
import type { Namespace, Socket } from 'socket.io'
import type { Program } from '../../kpi/program.ts'
import type { FromPaired, ToPaired } from '../../kpi/wire.ts'

type Link = Socket<FromPaired, ToPaired, Record<string, never>, { screen?: string | null; told?: string }>

export interface Directed {
  readonly screenOf: (request: IncomingMessage) => string | null
  readonly program: (screen: string) => Program | null
  /** A connection of a paired screen is there, says what the screen shows in place of a board (whatever it sends), is gone. */
  readonly joined: (link: string, screen: string) => void
  readonly says: (link: string, said: unknown) => void
  readonly left: (link: string) => void
}

export interface Control extends Directed {
  /** Tells every paired screen what is on, where it is another program than it was told last. */
  tell(): void
}

export function startControl(links: Namespace<FromPaired, ToPaired>, directed: Directed): Control {
  function tell(link: Link): void {
    const { screen = null } = link.data
    const program = screen === null ? null : directed.program(screen)
    const text = JSON.stringify(program)
    if (link.data.told === text) return
    link.data.told = text
    link.emit('program', program)
    // What is no longer paired has nothing more to hear; and whatever it watches goes with its connection.
    if (program === null) link.disconnect(true)
  }

  links.on('connection', (link: Link) => {
    const screen = directed.screenOf(link.request)
    link.data.screen = screen
    if (screen !== null) {
      directed.joined(link.id, screen)
      link.on('says', (text) => directed.says(link.id, text))
      link.on('disconnect', () => directed.left(link.id))
    }
    tell(link)
  })

  return {
    ...directed,
    tell() {
      for (const link of links.sockets.values()) tell(link as Link)
    },
  }
}
