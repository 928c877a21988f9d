/** What a zip file holds, as text, by name. */
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { type Entry, fromBuffer, type ZipFile } from 'yauzl'

export async function unzipped(bytes: Buffer): Promise<Readonly<Record<string, string>>> {
  const zip = await promisify<Buffer, { lazyEntries: boolean }, ZipFile>(fromBuffer)(bytes, { lazyEntries: true })
  const parts: Record<string, string> = {}
  await new Promise<void>((done, fail) => {
    zip.on('error', fail).on('end', done)
    zip.on('entry', (entry: Entry) => {
      zip.openReadStream(entry, (error, stream) => {
        if (error) return fail(error)
        text(stream).then((said) => {
          parts[entry.fileName] = said
          zip.readEntry()
        }, fail)
      })
    })
    zip.readEntry()
  })
  return parts
}
