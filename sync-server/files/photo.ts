/** What may be the photo of a contact: devices make it small, the relay holds them to it (F55). */
import { maxPhoto } from '../../shared/records/contact.ts'
import type { FileStore } from '../store/store.ts'
import type { FileDisk } from './disk.ts'
import { pictureSize } from './picture-size.ts'

/** Also where the file is not here: whether a record may name it is asked elsewhere (`access.ts`). */
export const isPhoto = async (
  store: Pick<FileStore, 'file'>,
  disk: Pick<FileDisk, 'read'>,
  hash: string,
): Promise<boolean> => {
  const file = await store.file(hash)
  if (!file) return true
  if (file.size === 0 || file.size > maxPhoto.bytes) return false
  const bytes = await new Response(disk.read(hash, 0, file.size - 1)).arrayBuffer()
  const size = pictureSize(new Uint8Array(bytes))
  return size !== null && size.width <= maxPhoto.width && size.height <= maxPhoto.height
}
