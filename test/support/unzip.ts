/** What a zip file holds, as text, by name. */
import { unzipSync } from 'fflate'

export async function unzipped(bytes: Uint8Array): Promise<Readonly<Record<string, string>>> {
  const text = new TextDecoder()
  return Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, text.decode(part)]))
}
